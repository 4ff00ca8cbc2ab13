package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// signUpEvery is how often somebody signs up: far more often than any platform sees, and about as
// fast as two cores make new empty shops.
const signUpEvery = 300 * time.Millisecond

// signUps is how many people sign up: in a run of usual length enough for a 95th percentile.
func (r *rig) signUps() int {
	const perSecond, atLeast = 20, 5
	return max(atLeast, int(perSecond*r.o.Watch.Seconds()))
}

// signingUp signs people up over HTTP, one after the other, while the program makes empty shops ready
// behind them as it does in production. What is measured is from the form to the answer that leads
// into the new shop's office.
func signingUp(ctx context.Context, r *rig) ([]Row, error) {
	f, err := r.filled(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.app.Provision.Tend(ctx); err != nil {
		return nil, fmt.Errorf("prepare shops: %w", err)
	}
	tending, stop := context.WithCancel(ctx)
	tended := make(chan struct{})
	go func() { defer close(tended); r.app.Provision.Run(tending) }()
	defer func() { stop(); <-tended }()
	var laps []time.Duration
	tick := time.NewTicker(signUpEvery)
	defer tick.Stop()
	for i := range r.signUps() {
		watch := startWatch()
		if err := r.signUp(ctx, i); err != nil {
			return nil, err
		}
		laps = append(laps, watch.elapsed())
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	slices.Sort(laps)
	return []Row{{
		Measure: fmt.Sprintf("sign-up with %d shops, p95", len(f.shops)), Ours: lap(percentile(laps, 0.95)), Goal: atMost(300),
		Note: fmt.Sprintf("%d sign-ups over HTTP, one every %d ms, each a new schema claimed, seeded and owned; half took up to %.0f ms. Empty shops are made behind them at the same time, on the same cores.",
			len(laps), signUpEvery.Milliseconds(), milliseconds(percentile(laps, 0.5))),
	}}, nil
}

// signUp sends the form of the platform's home page as the n-th visitor.
func (r *rig) signUp(ctx context.Context, n int) error {
	form := url.Values{"email": {fmt.Sprintf("merchant-%d@example.com", n)}}
	platform, err := url.Parse(r.app.Out.Sites.Platform())
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+r.addr+"/sign-up", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Host = platform.Host
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Forwarded-For", fmt.Sprintf("192.0.2.%d", n+1)) // everybody from somewhere else
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return fmt.Errorf("sign up: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(res.Body, 4<<10))
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return fmt.Errorf("sign up: %w", err)
	}
	if to := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, r.app.Out.Sites.Office()) {
		return fmt.Errorf("sign up: %s, to %q: %.300s", res.Status, to, text)
	}
	return nil
}
