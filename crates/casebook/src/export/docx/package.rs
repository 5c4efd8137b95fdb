//! The parts of the file: what is in it, its looks, its foot, and what programs show of it before it is opened.

use super::body::Body;
use crate::{export::document::foot, xml::escaped};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELS: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
/// Where each named part lies, what it is called in types and in relationships.
const PARTS: [(&str, &str); 4] = [
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("footer1", "footer"),
];

/// All parts by name, in the order in which they are packed.
pub(super) fn parts(body: &Body, version: &str) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", types()),
        ("_rels/.rels", package_links()),
        ("docProps/core.xml", core(body, version)),
        ("word/document.xml", document(body)),
        ("word/_rels/document.xml.rels", links(body)),
        ("word/styles.xml", styles()),
        ("word/numbering.xml", numbering()),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer()),
    ]
}

fn types() -> String {
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default \
         Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default \
         Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
         ContentType=\"{TYPE}.document.main+xml\"/><Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (name, kind) in PARTS {
        out.push_str(&format!(
            "<Override PartName=\"/word/{name}.xml\" ContentType=\"{TYPE}.{kind}+xml\"/>"
        ));
    }
    out + "</Types>\n"
}

fn package_links() -> String {
    format!(
        "{HEAD}<Relationships {RELS}><Relationship Id=\"document\" Type=\"{R}/officeDocument\" \
         Target=\"word/document.xml\"/><Relationship Id=\"core\" \
         Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>\n"
    )
}

/// What programs show of the file. It has no day: the same incidents give the same bytes.
fn core(body: &Body, version: &str) -> String {
    let title = match body.titles.as_slice() {
        [only] => only.clone(),
        all => format!("Dossiers of {} incidents", all.len()),
    };
    let about = foot();
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>Crossbearing \
         {}</dc:creator><dc:description>{about}</dc:description><dc:language>en</dc:language></cp:coreProperties>\n",
        escaped(&title),
        escaped(version)
    )
}

fn document(body: &Body) -> String {
    let mut out = format!("{HEAD}<w:document {W} xmlns:r=\"{R}\"><w:body>\n");
    let mut xml = body.xml.as_str();
    if let [_] = body.titles.as_slice() {
        // The only incident begins on the first page.
        let turned = "<w:pageBreakBefore/>";
        if let Some(at) = xml.find(turned) {
            out.push_str(&xml[..at]);
            xml = &xml[at + turned.len()..];
        }
    } else {
        let head = match body.titles.len() {
            0 => "No incident was chosen",
            _ => "Incidents",
        };
        out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Contents\"/></w:pPr><w:r><w:t>{head}</w:t></w:r></w:p>\n"
        ));
    }
    if body.titles.len() > 1 {
        for (at, title) in body.titles.iter().enumerate() {
            out.push_str(&format!(
                "<w:p><w:hyperlink w:anchor=\"incident{}\"><w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr><w:t \
                 xml:space=\"preserve\">{}</w:t></w:r></w:hyperlink></w:p>\n",
                at + 1,
                escaped(title)
            ));
        }
    }
    out.push_str(xml);
    out.push_str(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer1\"/><w:pgSz w:w=\"11906\" \
         w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" \
         w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n",
    );
    out
}

fn links(body: &Body) -> String {
    let mut out = format!("{HEAD}<Relationships {RELS}>");
    for (name, kind) in PARTS {
        out.push_str(&format!(
            "<Relationship Id=\"{name}\" Type=\"{R}/{kind}\" Target=\"{name}.xml\"/>"
        ));
    }
    for (at, address) in body.links.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"link{}\" Type=\"{R}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
            at + 1,
            escaped(address)
        ));
    }
    out + "</Relationships>\n"
}

/// A style of paragraphs: its id, its name, how it stands, how its letters look.
fn style(id: &str, name: &str, stands: &str, looks: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr>{stands}</w:pPr><w:rPr>{looks}</w:rPr></w:style>\n"
    )
}

fn styles() -> String {
    let size = |n: u8| format!("<w:sz w:val=\"{n}\"/><w:szCs w:val=\"{n}\"/>");
    let bold = "<w:b/><w:bCs/>";
    let mut out = format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" \
         w:eastAsia=\"Calibri\" w:cs=\"Arial\"/>{}<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault>\
         <w:pPr><w:spacing w:after=\"100\" w:line=\"259\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
         </w:docDefaults>\n\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\n",
        size(21)
    );
    for (level, points, before) in [(1, 36, 0), (2, 28, 320), (3, 24, 240), (4, 21, 180)] {
        out.push_str(&style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &format!(
                "<w:keepNext/><w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"80\"/><w:outlineLvl \
                 w:val=\"{}\"/>",
                level - 1
            ),
            &format!("{bold}{}", size(points)),
        ));
    }
    let small = size(18);
    let rule =
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"8A8A8A\"/></w:pBdr>";
    for (id, name, stands, looks) in [
        (
            "Contents",
            "Contents",
            "<w:spacing w:after=\"200\"/>",
            format!("{bold}{}", size(28)),
        ),
        (
            "Remark",
            "Remark",
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EFEFEF\"/>",
            size(19),
        ),
        (
            "ListBullet",
            "List Bullet",
            "<w:spacing w:after=\"40\"/>",
            String::new(),
        ),
        (
            "Quote",
            "Quote",
            &format!("{rule}<w:spacing w:before=\"80\" w:after=\"0\"/><w:ind w:left=\"284\"/>"),
            String::new(),
        ),
        (
            "QuoteSource",
            "Quote Source",
            &format!("{rule}<w:spacing w:after=\"120\"/><w:ind w:left=\"284\"/>"),
            format!("<w:color w:val=\"444444\"/>{small}"),
        ),
        (
            "Cell",
            "Cell",
            "<w:spacing w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>",
            small.clone(),
        ),
        (
            "Gap",
            "Gap",
            "<w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>",
            size(8),
        ),
        (
            "Footer",
            "footer",
            "<w:jc w:val=\"center\"/>",
            format!("<w:color w:val=\"444444\"/>{}", size(16)),
        ),
    ] {
        out.push_str(&style(id, name, stands, &looks));
    }
    out.push_str(
        "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color \
         w:val=\"0B4F8A\"/><w:u w:val=\"single\"/></w:rPr></w:style>\n\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right \
         w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n\
         <w:style w:type=\"table\" w:styleId=\"Lines\"><w:name w:val=\"Lines\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"6\" w:color=\"444444\"/><w:bottom w:val=\"single\" \
         w:sz=\"6\" w:color=\"444444\"/><w:insideH w:val=\"single\" w:sz=\"4\" \
         w:color=\"BBBBBB\"/></w:tblBorders></w:tblPr></w:style></w:styles>\n",
    );
    out
}

fn numbering() -> String {
    let mut out = format!("{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">");
    for (level, sign) in [(0, "•"), (1, "–")] {
        let left = 360 * (level + 1);
        out.push_str(&format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText \
             w:val=\"{sign}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" \
             w:hanging=\"280\"/></w:pPr></w:lvl>"
        ));
    }
    out + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>\n"
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings {W}><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>\n"
    )
}

/// The foot of every page: what it is, and its number.
fn footer() -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} \
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r>\
             <w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let plain = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    format!(
        "{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}{}{}{}</w:p></w:ftr>\n",
        plain(&format!("{} · Page ", foot())),
        field("PAGE"),
        plain(" of "),
        field("NUMPAGES"),
    )
}
