//! `contresens lsp`: the language server. It checks the texts that an editor has open, as soon as nobody types.

mod answer;
mod desk;
mod documents;
mod position;

use super::Knowledge;
use crate::checker::Checker;
use crate::config::{Finder, NAMES};
use crate::corpus::Corpus;
use crate::error::Error;
use crate::report::uri;
use clap::Args;
use desk::{Desk, Workspace};
use documents::{Open, Settings, Texts};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit, Notification as _,
    PublishDiagnostics,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Request as _, Shutdown};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, Hover, HoverParams,
    HoverProviderCapability, PublishDiagnosticsParams, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf, absolute};
use std::time::Duration;

pub const EXAMPLE: &str = "Editors start it; it speaks the language server protocol on standard input and output.\n\
    Initialisation options: {\"source\": FILE or FOLDER, \"from\": LANG, \"to\": LANG}; a text may name its source in its front \
    matter (source: FILE).";

#[derive(Args)]
pub struct LspArguments {
    /// The source, or a folder with a source of the same name for each text
    #[arg(long, value_name = "FILE|DIR")]
    source: Option<PathBuf>,
    /// Language of the sources [default: detected]
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// Language of the translations [default: declared in the file, else detected]
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// What some editors say to all servers; nothing else is spoken
    #[arg(long, hide = true)]
    stdio: bool,
    /// The configuration [default: contresens.toml in the folder of the workspace, or in the nearest above it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
    #[command(flatten)]
    knowledge: Knowledge,
}

/// How long nobody types before a text is checked.
const QUIET: Duration = Duration::from_millis(150);

/// Serves an editor until it says exit. False when it left without saying goodbye, as the protocol asks.
pub fn run(arguments: &LspArguments) -> Result<bool, Error> {
    // What is wrong with the arguments is told before an editor is greeted.
    let alone = Workspace::new(arguments, arguments.config.as_deref())?;
    let given = Options { source: arguments.source.clone(), from: arguments.from.clone(), to: arguments.to.clone() };
    let given = given.settings(None, &alone.corpus)?;
    let (connection, threads) = Connection::stdio();
    let left = |error: lsp_server::ProtocolError| Error::Usage(format!("the editor broke off: {error}"));
    let (id, (settings, found)) = loop {
        let (id, parameters) = connection.initialize_start().map_err(left)?;
        match Initial::read(parameters).and_then(|initial| initial.settle(arguments, given.clone(), &alone)) {
            Ok(settled) => break (id, settled),
            // The editor may try again, or give up.
            Err(error) => {
                let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string());
                let _ = connection.sender.send(refusal.into());
            }
        }
    };
    let server_info = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    let greeting = json!({"capabilities": capabilities(), "serverInfo": server_info});
    connection.initialize_finish(id, greeting).map_err(left)?;
    let mut server = Server {
        connection: &connection,
        desk: Desk::new(found.as_ref().unwrap_or(&alone), settings, arguments.knowledge.flags()),
        texts: Texts::new(),
        waiting: BTreeSet::new(),
        closing: false,
    };
    let goodbye = server.serve();
    drop(connection);
    threads.join().map_err(|cause| Error::Write { path: PathBuf::from("-"), cause })?;
    Ok(goodbye)
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// What an editor says when it starts the server; the rest does not concern us.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Initial {
    root_uri: Option<String>,
    workspace_folders: Option<Vec<Folder>>,
    initialization_options: Option<Options>,
}

#[derive(Deserialize)]
struct Folder {
    uri: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Options {
    source: Option<PathBuf>,
    from: Option<String>,
    to: Option<String>,
}

impl Initial {
    fn read(parameters: Value) -> Result<Initial, Error> {
        serde_json::from_value(parameters).map_err(|error| Error::Usage(format!("initialize: {error}; {EXAMPLE}")))
    }

    /// The settings of the command line with what the editor says laid over them; and the workspace, where it has a configuration.
    fn settle(
        self,
        arguments: &LspArguments,
        mut settings: Settings,
        alone: &Workspace,
    ) -> Result<(Settings, Option<Workspace>), Error> {
        let folders = self.workspace_folders.unwrap_or_default();
        let root = folders.first().map(|folder| folder.uri.clone()).or(self.root_uri);
        let root = root.and_then(|root| uri::path(&root));
        let searched = root.as_deref().filter(|_| arguments.config.is_none() && !arguments.no_config);
        let config = searched.map_or(Ok(None), |root| Finder::upwards().of(&root.join(NAMES[0])))?;
        let found = config.map(|config| Workspace::new(arguments, Some(&config.path))).transpose()?;
        let corpus = &found.as_ref().unwrap_or(alone).corpus;
        let said = self.initialization_options.unwrap_or_default().settings(root.as_deref(), corpus)?;
        settings.source = said.source.or(settings.source);
        settings.from = said.from.or(settings.from);
        settings.to = said.to.or(settings.to);
        Ok((settings, found))
    }
}

impl Options {
    /// Looks whether the source and the languages exist; a relative path counts from `root`.
    fn settings(self, root: Option<&Path>, corpus: &Corpus) -> Result<Settings, Error> {
        let checker = Checker::new(corpus)?;
        checker.tag(self.from.as_deref())?;
        checker.tag(self.to.as_deref())?;
        let source = self.source.map(|source| {
            let path = root.map_or(source.clone(), |root| root.join(&source));
            absolute(&path).and_then(|path| path.metadata().map(|_| path)).map_err(|cause| Error::Read { path: source, cause })
        });
        Ok(Settings { source: source.transpose()?, from: self.from, to: self.to })
    }
}

struct Server<'c> {
    connection: &'c Connection,
    desk: Desk<'c>,
    texts: Texts,
    /// Texts that have changed since they were checked.
    waiting: BTreeSet<String>,
    /// The editor has said shutdown.
    closing: bool,
}

impl Server<'_> {
    fn serve(&mut self) -> bool {
        loop {
            let message = if self.waiting.is_empty() {
                self.connection.receiver.recv().ok()
            } else {
                match self.connection.receiver.recv_timeout(QUIET) {
                    Err(error) if error.is_timeout() => {
                        self.check();
                        continue;
                    }
                    other => other.ok(),
                }
            };
            match message {
                // The editor is gone.
                None => return self.closing,
                Some(Message::Notification(said)) if said.method == Exit::METHOD => return self.closing,
                Some(Message::Notification(said)) => self.note(said),
                Some(Message::Request(asked)) => self.answer(asked),
                Some(Message::Response(_)) => {}
            }
        }
    }

    fn send(&self, message: impl Into<Message>) {
        // An editor that is gone wants no answer.
        let _ = self.connection.sender.send(message.into());
    }

    fn note(&mut self, said: Notification) {
        match said.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(DidOpenTextDocumentParams { text_document: text }) = read(said.params) {
                    let key = text.uri.as_str().to_owned();
                    self.texts.insert(key.clone(), Open::new(text.uri, &text.language_id, text.version, text.text));
                    self.changed(&key);
                }
            }
            DidChangeTextDocument::METHOD => {
                let Some(DidChangeTextDocumentParams { text_document, content_changes }) = read(said.params) else { return };
                let key = text_document.uri.as_str();
                if let Some((open, change)) = self.texts.get_mut(key).zip(content_changes.into_iter().next_back()) {
                    open.text = change.text;
                    open.version = text_document.version;
                    self.changed(key);
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Some(DidSaveTextDocumentParams { text_document, .. }) = read(said.params) {
                    self.changed(text_document.uri.as_str());
                }
            }
            DidCloseTextDocument::METHOD => {
                let Some(DidCloseTextDocumentParams { text_document }) = read(said.params) else { return };
                self.changed(text_document.uri.as_str());
                self.waiting.remove(text_document.uri.as_str());
                if let Some(closed) = self.texts.remove(text_document.uri.as_str()) {
                    self.publish(PublishDiagnosticsParams::new(closed.uri, Vec::new(), None));
                }
            }
            _ => {}
        }
    }

    /// Marks a text for checking, and those that translate it.
    fn changed(&mut self, key: &str) {
        let Some(changed) = self.texts.get(key) else { return };
        let translations = self.texts.iter().filter(|(_, text)| text.translates(changed)).map(|(key, _)| key.clone());
        self.waiting.extend(translations.chain([key.to_owned()]).collect::<Vec<_>>());
    }

    /// Checks all texts that wait for it, and tells the editor.
    fn check(&mut self) {
        for key in std::mem::take(&mut self.waiting) {
            let outcome = self.texts.get(&key).and_then(|text| self.desk.judge(text, &self.texts).transpose());
            if let Some(text) = self.texts.get_mut(&key) {
                text.outcome = outcome;
            }
            if let Some(text) = self.texts.get(&key) {
                let found = answer::diagnostics(text);
                self.publish(PublishDiagnosticsParams::new(text.uri.clone(), found, Some(text.version)));
            }
        }
    }

    fn publish(&self, found: PublishDiagnosticsParams) {
        self.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), found));
    }

    fn answer(&mut self, asked: Request) {
        // An answer is about the text as it stands now.
        self.check();
        let Request { id, method, params } = asked;
        let response = match method.as_str() {
            _ if self.closing => Response::new_err(id, ErrorCode::InvalidRequest as i32, "shutdown was asked for".to_owned()),
            Shutdown::METHOD => {
                self.closing = true;
                Response::new_ok(id, ())
            }
            HoverRequest::METHOD => answered(id, params, |asked| self.hover(asked)),
            CodeActionRequest::METHOD => answered(id, params, |asked| self.actions(&asked)),
            other => Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("{other} is not served")),
        };
        self.send(response);
    }

    fn text(&self, uri: &Uri) -> Option<(&Open, &documents::Judged)> {
        let open = self.texts.get(uri.as_str())?;
        Some((open, open.outcome.as_ref()?.as_ref().ok()?))
    }

    fn hover(&self, asked: HoverParams) -> Option<Hover> {
        let place = asked.text_document_position_params;
        let (open, judged) = self.text(&place.text_document.uri)?;
        answer::hover(open, judged, place.position, self.desk.corpus())
    }

    fn actions(&self, asked: &CodeActionParams) -> Vec<CodeAction> {
        let wanted = asked
            .context
            .only
            .as_ref()
            .is_none_or(|only| only.iter().any(|kind| *kind == CodeActionKind::QUICKFIX || *kind == CodeActionKind::EMPTY));
        let text = self.text(&asked.text_document.uri).filter(|_| wanted);
        text.map_or_else(Vec::new, |(open, judged)| answer::actions(open, judged, asked.range))
    }
}

/// The parameters of a notification; one that is broken cannot be answered, and is let be.
fn read<P: DeserializeOwned>(parameters: Value) -> Option<P> {
    serde_json::from_value(parameters).ok()
}

fn answered<P: DeserializeOwned, R: Serialize>(id: RequestId, parameters: Value, answer: impl FnOnce(P) -> R) -> Response {
    match serde_json::from_value(parameters) {
        Ok(asked) => Response::new_ok(id, answer(asked)),
        Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
