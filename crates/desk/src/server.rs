//! Listens, and speaks HTTP/1.1 with each who comes, within limits of number and time.

use std::{net::SocketAddr, pin::Pin, sync::Arc, task::Poll, time::Duration};

use axum::{Router, extract::DefaultBodyLimit};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    sync::{Semaphore, watch},
};

use crate::{
    api,
    desk::{Desk, Error, Options},
    guard, pages,
};

/// Connections at once; who comes beyond waits.
const CONNECTIONS: usize = 256;
/// Time for the head of a request to come, and for the next request on a connection.
const HEAD: Duration = Duration::from_secs(15);
/// Time after which a connection is closed whatever it does.
const LONGEST: Duration = Duration::from_secs(600);
/// Time for answers under way when the desk is told to end; and again for work that nobody waits for any more.
const FAREWELL: Duration = Duration::from_secs(5);

/// A desk that listens and does not serve yet.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    desk: Arc<Desk>,
}

impl Server {
    /// Opens the casebook, checks that it may be served so, and listens.
    ///
    /// # Errors
    ///
    /// [`Error::Open`] where others could reach it and nobody would have to log in; [`Error::Bind`].
    pub fn start(options: Options) -> Result<Self, Error> {
        Desk::check(&options)?;
        let system = |error: std::io::Error| Error::System(error.to_string());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(system)?;
        let at = SocketAddr::new(options.bind, options.port);
        let listener = runtime
            .block_on(TcpListener::bind(at))
            .map_err(|source| Error::Bind { at, source })?;
        let at = listener.local_addr().map_err(system)?;
        Ok(Self {
            desk: Arc::new(Desk::new(options, at)?),
            runtime,
            listener,
        })
    }

    /// The address to type.
    pub fn address(&self) -> String {
        match &self.desk.options.public {
            Some(public) => format!("{}/", public.origin()),
            None => format!("http://{}/", self.desk.at),
        }
    }

    /// Where it listens.
    pub fn at(&self) -> SocketAddr {
        self.desk.at
    }

    /// Serves until `end` is done; what is under way is finished, for some seconds.
    pub fn run(self, end: impl Future<Output = ()>) {
        let Self {
            runtime,
            listener,
            desk,
        } = self;
        let router: Router = pages::routes()
            .merge(api::routes())
            .layer(DefaultBodyLimit::max(pages::FORM))
            .layer(axum::middleware::from_fn_with_state(
                desk.clone(),
                guard::guard,
            ))
            .with_state(desk);
        runtime.block_on(serve(listener, router, end));
        runtime.shutdown_timeout(FAREWELL);
    }

    /// Serves until the program is told to end, by Ctrl-C or by the system.
    pub fn run_until_stopped(self) {
        self.run(stopped());
    }
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::pin!(interrupted);
        return std::future::poll_fn(|context| {
            if interrupted.as_mut().poll(context).is_ready() {
                return std::task::Poll::Ready(());
            }
            ended.poll_recv(context).map(|_| ())
        })
        .await;
    }
    let _ = interrupted.await;
}

async fn serve(listener: TcpListener, router: Router, end: impl Future<Output = ()>) {
    tokio::pin!(end);
    let turns = Arc::new(Semaphore::new(CONNECTIONS));
    let (tell, told) = watch::channel(false);
    let next = async || {
        let turn = turns.clone().acquire_owned().await.ok()?;
        Some((turn, listener.accept().await))
    };
    // `None` is the end, which comes whether or not there is room for one more.
    while let Some(Some((turn, accepted))) = until(&mut end, next()).await {
        match accepted {
            Ok((stream, _)) => {
                let (router, told) = (router.clone(), told.clone());
                tokio::spawn(async move {
                    speak(stream, router, told).await;
                    drop(turn);
                });
            }
            // No file handle is free, or the client is gone already.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    let _ = tell.send(true);
    // All turns are back when nobody is spoken with any more.
    let most = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(FAREWELL, turns.acquire_many(most)).await;
}

/// What some work gives; `None` where the end comes first.
async fn until<T>(
    end: &mut Pin<&mut impl Future<Output = ()>>,
    work: impl Future<Output = T>,
) -> Option<T> {
    tokio::pin!(work);
    std::future::poll_fn(|context| {
        if end.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        work.as_mut().poll(context).map(Some)
    })
    .await
}

/// Speaks with one client; from when it is told to end, to the end of the answer under way.
async fn speak(stream: TcpStream, router: Router, mut told: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(64)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(connection);
    let spoken = async {
        let ended = async {
            let _ = told.wait_for(|it| *it).await;
        };
        tokio::pin!(ended);
        // Whoever breaks off is no error of ours.
        if until(&mut ended, connection.as_mut()).await.is_none() {
            connection.as_mut().graceful_shutdown();
            let _ = connection.as_mut().await;
        }
    };
    let _ = tokio::time::timeout(LONGEST, spoken).await;
}
