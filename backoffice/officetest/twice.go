package officetest

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Twice sends a form that webtest.Browser.Prepare kept: two at once, and once more afterwards. All must
// lead to one place, which it returns.
func (o *Office) Twice(t testing.TB, form func() *http.Request) string {
	t.Helper()
	requests := [3]*http.Request{form(), form(), form()}
	var answers [3]*httptest.ResponseRecorder
	send := func(i int) {
		answers[i] = httptest.NewRecorder()
		o.handler.ServeHTTP(answers[i], requests[i])
	}
	var both sync.WaitGroup
	both.Go(func() { send(0) })
	both.Go(func() { send(1) })
	both.Wait()
	send(2)
	place := answers[0].Header().Get("Location")
	for i, a := range answers {
		if got := a.Header().Get("Location"); a.Code != http.StatusSeeOther || got != place || place == "" {
			t.Errorf("SEC sending %d: %d to %q, the first led to %q", i+1, a.Code, got, place)
		}
	}
	return place
}
