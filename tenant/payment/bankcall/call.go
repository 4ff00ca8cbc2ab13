package bankcall

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"time"

	"echoppe.dev/tenant/payment"
)

// Call is one thing asked of a bank.
type Call struct {
	Family string
	What   string // for errors and the log: "refund", "status"
	// Hosts are where to ask, the first first. Paths and queries are the same on all.
	Hosts  []string
	Method string // POST if ""
	Path   string // begins with a slash
	Query  string // without "?"
	Header http.Header
	Body   []byte
	// Repeat: asking twice does no harm. It is then asked again when the answer is lost.
	Repeat bool
	// Limit is the most bytes an answer may have; payment.MaxBody if zero.
	Limit int64
}

// Answer is what the bank said, with whatever status under 500.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// OK tells of a status from 200 to 299.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// Failure is why there is no answer.
type Failure struct {
	Family, What, Host string
	Status             int  // 500 or more, 0 when nothing came
	Unsent             bool // the bank has surely not heard
	cause              error
}

func (f *Failure) Error() string {
	text := f.Family + " " + f.What + " at " + f.Host
	if f.Status != 0 {
		return fmt.Sprintf("%s: answer %d", text, f.Status)
	}
	return fmt.Sprintf("%s: %v", text, f.cause)
}

// Unwrap is the error of the network.
func (f *Failure) Unwrap() error { return f.cause }

// Unheard tells that the bank has surely not heard of a call that failed.
func Unheard(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Unsent
}

// rounds is how often all hosts are tried with a call that may be repeated.
const rounds = 2

// Do asks. Errors: payment.ErrBank with a *Failure inside.
func (c *Client) Do(ctx context.Context, call Call) (Answer, error) {
	var failure *Failure
	for round := range rounds {
		for _, host := range call.Hosts {
			var answer Answer
			if answer, failure = c.try(ctx, call, host); failure == nil {
				return answer, nil
			}
			if ctx.Err() != nil || !call.Repeat && !failure.Unsent {
				return Answer{}, payment.ErrBank.Because(failure)
			}
		}
		if round < rounds-1 && !pause(ctx, c.options.Pause) {
			break
		}
	}
	if failure == nil {
		failure = &Failure{Family: call.Family, What: call.What, Unsent: true, cause: errors.New("no host")}
	}
	return Answer{}, payment.ErrBank.Because(failure)
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// try asks one host once.
func (c *Client) try(ctx context.Context, call Call, host string) (Answer, *Failure) {
	began := c.options.Clock.Now()
	answer, failure := c.send(ctx, call, host)
	line := []any{slog.String("family", call.Family), slog.String("what", call.What), slog.String("host", host),
		slog.Duration("took", c.options.Clock.Now().Sub(began))}
	if failure != nil {
		c.options.Log.Warn("bank call", append(line, slog.Int("status", failure.Status), slog.Bool("unsent", failure.Unsent))...)
		return Answer{}, failure
	}
	c.options.Log.Info("bank call", append(line, slog.Int("status", answer.Status))...)
	return answer, nil
}

func (c *Client) send(ctx context.Context, call Call, host string) (Answer, *Failure) {
	fail := func(status int, unsent bool, err error) (Answer, *Failure) {
		return Answer{}, &Failure{Family: call.Family, What: call.What, Host: host, Status: status, Unsent: unsent, cause: err}
	}
	address := c.At(call.Family, host, call.Path)
	if call.Query != "" {
		address += "?" + call.Query
	}
	method := call.Method
	if method == "" {
		method = http.MethodPost
	}
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(call.Body))
	if err != nil {
		return fail(0, true, errors.New("no address"))
	}
	if !call.Repeat {
		req.GetBody = nil // the transport would send it again by itself
	}
	maps.Copy(req.Header, call.Header)
	resp, err := c.http.Do(req)
	if err != nil {
		return fail(0, undialled(err), bare(err))
	}
	defer func() { _ = resp.Body.Close() }()
	limit := call.Limit
	if limit == 0 {
		limit = payment.MaxBody
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return fail(0, false, bare(err))
	case int64(len(body)) > limit:
		return fail(0, false, errors.New("the answer is too long"))
	case resp.StatusCode >= http.StatusInternalServerError:
		return fail(resp.StatusCode, false, nil)
	}
	return Answer{Status: resp.StatusCode, Header: resp.Header, Body: body}, nil
}

// undialled tells that there was no connection the call could have gone through.
func undialled(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// bare is the error without the address, whose query may hold what is secret.
func bare(err error) error {
	var wrapped interface{ Unwrap() error }
	if errors.As(err, &wrapped) && wrapped.Unwrap() != nil {
		return wrapped.Unwrap()
	}
	return err
}
