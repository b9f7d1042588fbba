//! When the connection stood over which a request went: noted by the connector, read by the send.

use std::{
    cell::Cell,
    pin::Pin,
    task::{Context, Poll},
    time::Instant,
};

use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    static CONNECTED: Cell<Option<Instant>>;
}

/// Runs a request, and tells when its connection was made; `None` when it went over one that was
/// there.
pub(super) async fn watch<T>(request: impl Future<Output = T>) -> (T, Option<Instant>) {
    CONNECTED
        .scope(Cell::new(None), async {
            let result = request.await;
            (result, CONNECTED.with(Cell::get))
        })
        .await
}

/// Notes when each connection is made.
#[derive(Clone, Copy)]
pub(super) struct Watched;

impl<S> Layer<S> for Watched {
    type Service = Connector<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Connector(inner)
    }
}

/// A connector that notes when each of its connections is made.
#[derive(Clone)]
pub(super) struct Connector<S>(S);

impl<S, A> Service<A> for Connector<S>
where
    S: Service<A>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, address: A) -> Self::Future {
        let connect = self.0.call(address);
        Box::pin(async move {
            let connection = connect.await;
            // When another connection came free first, the request went over that one, and this one
            // is made for later, outside of any request.
            let _ = CONNECTED.try_with(|moment| moment.set(Some(Instant::now())));
            connection
        })
    }
}
