package browsertest

import (
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Frame is the frame of another site in the window, whose address (the one it ended at, after redirects) contains part. Chromium
// keeps such a frame apart from the page, so it is a Browser of its own; it ends with the window.
func (b *Browser) Frame(part string) *Browser {
	b.t.Helper()
	for start := time.Now(); time.Since(start) < patience; time.Sleep(50 * time.Millisecond) {
		targets, err := chromedp.Targets(b.ctx)
		if err != nil {
			b.t.Fatalf("browser: %v", err)
		}
		for _, one := range targets {
			if one.Type == "iframe" && strings.Contains(one.URL, part) {
				ctx, end := chromedp.NewContext(b.ctx, chromedp.WithTargetID(one.TargetID))
				b.t.Cleanup(end)
				return &Browser{t: b.t, ctx: ctx, o: b.o}
			}
		}
	}
	b.t.Fatalf("no frame of another site with %q in its address\nat %s\n%s", part, b.at(), b.picture())
	return nil
}
