//! The three signals and what their settings are called.

/// One kind of telemetry; each can be sent somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Spans.
    Traces,
    /// Sums and histograms.
    Metrics,
    /// Log records.
    Logs,
}

impl Signal {
    /// Where a collector takes the signal, below its base URL.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Traces => "/v1/traces",
            Self::Metrics => "/v1/metrics",
            Self::Logs => "/v1/logs",
        }
    }

    /// The method of `Config` that sets the signal's own endpoint.
    pub(crate) const fn endpoint_method(self) -> &'static str {
        match self {
            Self::Traces => "traces_endpoint",
            Self::Metrics => "metrics_endpoint",
            Self::Logs => "logs_endpoint",
        }
    }

    /// The variable that selects the signal's exporter.
    pub(crate) const fn exporter_variable(self) -> &'static str {
        match self {
            Self::Traces => "OTEL_TRACES_EXPORTER",
            Self::Metrics => "OTEL_METRICS_EXPORTER",
            Self::Logs => "OTEL_LOGS_EXPORTER",
        }
    }

    /// The variable of the OTLP exporter that covers this signal only.
    pub(crate) fn otlp_variable(self, suffix: &str) -> String {
        let name = match self {
            Self::Traces => "TRACES",
            Self::Metrics => "METRICS",
            Self::Logs => "LOGS",
        };
        format!("OTEL_EXPORTER_OTLP_{name}_{suffix}")
    }
}
