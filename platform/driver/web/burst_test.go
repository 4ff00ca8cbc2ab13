package web_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

// TestLog_outage: while the store of pictures is away the log has one error a minute and not one a picture;
// every request still has its line, and what is broken in ourselves is told each time.
func TestLog_outage(t *testing.T) {
	gone, mail := fault.New(fault.Upstream, "error.store"), fault.New(fault.Upstream, "error.mail")
	now := clock.New(noon)
	var log journal
	o := options()
	o.Log, o.Clock = log.logger(), now
	e := web.New(o)
	e.GET("/picture/:n", func(c echo.Context) error { return gone.Because(fmt.Errorf("no answer for %s", c.Param("n"))) })
	e.GET("/mail", func(echo.Context) error { return mail })
	e.GET("/broken", func(echo.Context) error { return errors.New("nil map") })
	count := func(level string) (n int, alike any) {
		t.Helper()
		for _, line := range log.lines(t) {
			if line["level"] == level {
				n++
				alike = line["alike_before"]
			}
		}
		return n, alike
	}
	for n := range 30 {
		if w := do(e, "GET", fmt.Sprintf("http://shop.example/picture/%d", n)); w.Code != 502 {
			t.Fatalf("status %d", w.Code)
		}
		now.Advance(time.Second)
	}
	if errs, _ := count("ERROR"); errs != 1 {
		t.Errorf("%d errors for one outage", errs)
	}
	if lines := len(log.lines(t)); lines != 30 {
		t.Errorf("%d lines for 30 requests", lines)
	}
	do(e, "GET", "http://shop.example/mail")
	if errs, _ := count("ERROR"); errs != 2 {
		t.Errorf("another outage is not told: %d errors", errs)
	}
	now.Advance(time.Minute)
	do(e, "GET", "http://shop.example/picture/1")
	if errs, alike := count("ERROR"); errs != 3 || alike != 29.0 {
		t.Errorf("a minute later: %d errors, the last after %v", errs, alike)
	}
	for range 3 {
		do(e, "GET", "http://shop.example/broken")
	}
	if errs, _ := count("ERROR"); errs != 6 {
		t.Errorf("errors of our own: %d in all", errs)
	}
}
