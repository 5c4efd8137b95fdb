//! One operation: where it is, who may ask for it, what it takes and gives, and what does it.

use std::{pin::Pin, sync::Arc};

use axum::{
    Extension,
    extract::{DefaultBodyLimit, RawPathParams, Request, State, rejection::RawPathParamsRejection},
    http::{Method, StatusCode},
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use store::{people::Role, tokens::Scope};

use super::call::{self, Body, Call, Done, Shape, shape};
use crate::{desk::Desk, refusal::Refusal, visitor::Visitor};

type Answer = Pin<Box<dyn Future<Output = Result<Response, Refusal>> + Send>>;
type Run = Arc<dyn Fn(Arc<Desk>, Visitor, String, Request, StatusCode) -> Answer + Send + Sync>;

/// An operation.
pub struct Operation {
    /// How it is asked for.
    pub method: Method,
    /// Where, behind `/api/v1`.
    pub path: &'static str,
    /// Its name for programs.
    pub name: &'static str,
    /// What it does, in a line.
    pub what: &'static str,
    /// What else is to be known.
    pub more: &'static str,
    /// A token must have one of these scopes.
    pub scopes: &'static [Scope],
    /// The least role that may.
    pub role: Role,
    /// What can stand behind the question mark.
    pub query: Shape,
    /// What is sent, by content type.
    pub body: Vec<(&'static str, Shape)>,
    /// The most bytes that are taken.
    most: usize,
    /// The status where all is well.
    pub status: StatusCode,
    /// What is given.
    pub answer: Shape,
    /// Whether what is asked for may lie elsewhere.
    pub moves: bool,
    /// Whether whoever asks must say what they had seen.
    pub conditional: bool,
    /// Statuses of refusals, beside those that all operations have.
    pub refused: &'static [u16],
    run: Run,
}

impl Operation {
    fn new<Q, B, T, H, F>(
        method: Method,
        path: &'static str,
        name: &'static str,
        what: &'static str,
        handler: H,
    ) -> Self
    where
        Q: DeserializeOwned + JsonSchema + Send + 'static,
        B: Body + 'static,
        T: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<Q, B>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Done<T>, Refusal>> + Send + 'static,
    {
        let run = move |desk, visitor, id, request: Request, status| -> Answer {
            let handler = handler.clone();
            Box::pin(async move {
                let query = call::query(&request)?;
                let headers = request.headers().clone();
                let body = B::read(request).await?;
                let call = Call {
                    desk,
                    visitor,
                    id,
                    query,
                    body,
                    headers,
                };
                // What was asked for could be read: the request is well made, and cannot be done.
                let done = handler(call).await.map_err(|refusal| match refusal.status {
                    StatusCode::BAD_REQUEST => Refusal {
                        status: StatusCode::UNPROCESSABLE_ENTITY,
                        ..refusal
                    },
                    _ => refusal,
                });
                done?.answer(status)
            })
        };
        Self {
            method,
            path,
            name,
            what,
            more: "",
            scopes: &[Scope::Read],
            role: Role::Reader,
            query: shape::<Q>,
            body: B::kinds(),
            most: B::MOST,
            status: StatusCode::OK,
            answer: shape::<T>,
            moves: false,
            conditional: false,
            refused: &[],
            run: Arc::new(run),
        }
    }

    /// One that looks.
    pub fn get<Q, T, H, F>(
        path: &'static str,
        name: &'static str,
        what: &'static str,
        handler: H,
    ) -> Self
    where
        Q: DeserializeOwned + JsonSchema + Send + 'static,
        T: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<Q>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Done<T>, Refusal>> + Send + 'static,
    {
        Self::new(Method::GET, path, name, what, handler)
    }

    /// One that writes.
    pub fn post<B, T, H, F>(
        path: &'static str,
        name: &'static str,
        what: &'static str,
        status: StatusCode,
        handler: H,
    ) -> Self
    where
        B: Body + 'static,
        T: Serialize + JsonSchema + Send + 'static,
        H: Fn(Call<call::Nothing, B>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Done<T>, Refusal>> + Send + 'static,
    {
        let made = Self::new(Method::POST, path, name, what, handler);
        Self { status, ..made }
    }

    /// One that takes something out.
    pub fn delete<H, F>(
        path: &'static str,
        name: &'static str,
        what: &'static str,
        handler: H,
    ) -> Self
    where
        H: Fn(Call) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Done<call::Nothing>, Refusal>> + Send + 'static,
    {
        let made = Self::new(Method::DELETE, path, name, what, handler);
        Self {
            status: StatusCode::NO_CONTENT,
            ..made
        }
    }

    /// With what else is to be known.
    pub fn more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    /// For tokens with one of these scopes.
    pub fn scopes(self, scopes: &'static [Scope]) -> Self {
        Self { scopes, ..self }
    }

    /// For those who may at least this.
    pub fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// With further statuses of refusals.
    pub fn refused(self, refused: &'static [u16]) -> Self {
        Self { refused, ..self }
    }

    /// What is asked for may lie elsewhere.
    pub fn moves(self) -> Self {
        Self {
            moves: true,
            ..self
        }
    }

    /// Whoever asks must say what they had seen.
    pub fn conditional(self) -> Self {
        Self {
            conditional: true,
            ..self
        }
    }

    /// Its route: nothing is read of what was sent before it is known that whoever asks may.
    pub fn route(self) -> MethodRouter<Arc<Desk>> {
        let (scopes, role, status, run) = (self.scopes, self.role, self.status, self.run);
        let route = async move |State(desk): State<Arc<Desk>>,
                                Extension(visitor): Extension<Visitor>,
                                params: Result<RawPathParams, RawPathParamsRejection>,
                                request: Request| {
            visitor.may(role)?;
            visitor.for_one_of(scopes)?;
            let params = params.map_err(|_| Refusal::absent("nothing is at this address"))?;
            let id = params.iter().next().map(|it| it.1.to_owned());
            run(desk, visitor, id.unwrap_or_default(), request, status).await
        };
        let method = match self.method {
            Method::POST => MethodFilter::POST,
            Method::DELETE => MethodFilter::DELETE,
            _ => MethodFilter::GET,
        };
        on(method, route).layer(DefaultBodyLimit::max(self.most))
    }
}
