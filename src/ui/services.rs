//! Which service the window talks to, and the sample service while it runs.

use std::sync::{
    Arc,
    mpsc::{self, Receiver, TryRecvError},
};

use egui::Context;

use super::actions::ServiceChoice;
use crate::{
    clock::Clock,
    engine::Service,
    sample::{self, Faults, PlaySession, SampleLimits, SampleOptions, SampleService},
};

/// What became of the sample service.
enum Sample {
    Off,
    Starting(Receiver<Result<SampleService, String>>),
    Up(SampleService),
}

/// The service in use.
pub(crate) struct Services {
    choice: ServiceChoice,
    sample: Sample,
    /// What goes wrong on purpose at the sample service, and what it takes in which time. Neither
    /// outlives the program: a first try must be clean.
    faults: Faults,
    limits: SampleLimits,
    clock: Arc<dyn Clock>,
}

impl Services {
    pub(crate) fn new(choice: ServiceChoice, clock: Arc<dyn Clock>) -> Self {
        let (faults, limits) = (Faults::none(), SampleLimits::default());
        Self { choice, sample: Sample::Off, faults, limits, clock }
    }

    pub(crate) fn choice(&self) -> &ServiceChoice {
        &self.choice
    }

    pub(crate) fn on_sample(&self) -> bool {
        self.choice == ServiceChoice::Sample
    }

    /// Whether the sample service is wanted and not up yet.
    pub(crate) fn is_starting(&self) -> bool {
        self.on_sample() && matches!(self.sample, Sample::Starting(_))
    }

    /// Takes another service. Returns it when it can be used at once; the sample service may have to
    /// start first, and then comes from [`started`](Self::started).
    pub(crate) fn choose(&mut self, choice: ServiceChoice, context: &Context) -> Option<Service> {
        self.choice = choice;
        match &self.choice {
            ServiceChoice::Xbox => Some(Service::Xbox),
            ServiceChoice::At(url) => Some(Service::At(url.clone())),
            ServiceChoice::Sample => {
                if matches!(self.sample, Sample::Off) {
                    self.sample = Sample::Starting(start(context.clone(), self.options()));
                }
                self.sample_service()
            }
        }
    }

    /// Looks whether the sample service has come up since the last call.
    pub(crate) fn started(&mut self) -> Option<Result<Service, String>> {
        let Sample::Starting(receiver) = &self.sample else { return None };
        let outcome = match receiver.try_recv() {
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("its thread could not be started".into()),
        };
        match outcome {
            Ok(service) => {
                self.sample = Sample::Up(service);
                if self.on_sample() { self.sample_service().map(Ok) } else { None }
            }
            Err(reason) => {
                self.sample = Sample::Off;
                Some(Err(reason))
            }
        }
    }

    /// Lets sample players play. Returns whether the sample service is there to do so.
    pub(crate) fn play(&self, session: PlaySession) -> bool {
        let Sample::Up(service) = &self.sample else { return false };
        service.play_session(session);
        true
    }

    /// What goes wrong on purpose at the sample service.
    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    pub(crate) fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
        if let Sample::Up(service) = &self.sample {
            service.set_faults(self.faults.clone());
        }
    }

    /// What the sample service takes in which time.
    pub(crate) fn limits(&self) -> SampleLimits {
        self.limits
    }

    pub(crate) fn set_limits(&mut self, limits: SampleLimits) {
        self.limits = limits;
        if let Sample::Up(service) = &self.sample {
            service.set_limits(limits);
        }
    }

    fn options(&self) -> SampleOptions {
        SampleOptions {
            seed: sample::SEED,
            faults: self.faults.clone(),
            limits: self.limits,
            clock: self.clock.clone(),
            ..SampleOptions::default()
        }
    }

    fn sample_service(&self) -> Option<Service> {
        let Sample::Up(service) = &self.sample else { return None };
        Some(Service::Sample { url: service.url(), token: sample::TOKEN })
    }
}

fn start(context: Context, options: SampleOptions) -> Receiver<Result<SampleService, String>> {
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        let started = SampleService::start_with(options).map_err(|error| error.to_string());
        // The window may be gone: then the service stops with the value.
        let _ = sender.send(started);
        context.request_repaint();
    };
    // Should no thread start, the sender is gone and the receiver tells.
    let _ = std::thread::Builder::new().name("statlens-start".into()).spawn(work);
    receiver
}
