// Package telemetry is how the program tells its operators what it does: logs,
// metrics and traces.
//
// # Invariants
//
//   - What is secret by its name (password, token, cookie …) is masked in every
//     log line, also inside groups; secret.Text masks itself wherever it is.
//   - Every line logged with a request's context carries what With put there:
//     request id, shop, trace.
//   - Metric labels never hold shops, paths or addresses: their number must not
//     grow with the fleet.
//   - An error page shows a Reference, the log line of the error the same one.
//
// # What it does not know
//
// It knows no request and no route; the middleware of platform/driver/web fills
// the context and observes durations. Without an OTLP endpoint traces cost
// nothing.
package telemetry
