package browsertest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axe is the source of axe-core, read once.
var axe = sync.OnceValues(func() ([]byte, error) { return os.ReadFile(os.Getenv("AXE_CORE")) })

// rules are the levels of WCAG 2.2 AA.
const rules = `{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']}`

// WantAccessible fails the test for every rule of WCAG 2.2 AA the page breaks (LAW-07), and for
// sideways scrolling.
func (b *Browser) WantAccessible() *Browser {
	b.t.Helper()
	source, err := axe()
	if err != nil {
		b.t.Fatalf("this test needs axe-core, and AXE_CORE naming its file (make test does both): %v", err)
	}
	at := b.URL()
	if !ask(b, chromedp.Evaluate[bool]("!!window.axe")) {
		_ = ask(b, chromedp.Evaluate[bool](string(source)+"; true"))
	}
	broken := ask(b, chromedp.Evaluate[[]string](
		`axe.run(document, `+rules+`).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))`,
		chromedp.EvalAwaitPromise))
	for _, rule := range broken {
		b.t.Errorf("%s breaks %s", at, rule)
	}
	b.WantNoSidewaysScroll()
	return b
}

// widest names what sticks out of the window furthest.
const widest = `(() => {
	const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
	out.sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right);
	return out.slice(0, 6).map(e => e.outerHTML.slice(0, 200)).join(' | ');
})()`

// WantNoSidewaysScroll fails the test when the page is wider than the window.
func (b *Browser) WantNoSidewaysScroll() *Browser {
	b.t.Helper()
	if ask(b, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > window.innerWidth + 1`)) {
		b.t.Errorf("%s scrolls sideways at %d px: %s", b.URL(), b.o.Width, ask(b, chromedp.Evaluate[string](widest)))
	}
	return b
}

// WantText fails the test unless something says text.
func (b *Browser) WantText(selector, text string) *Browser {
	b.t.Helper()
	if got := b.Text(selector); !strings.Contains(got, text) {
		b.t.Errorf("%s: %s says %q, want %q", b.URL(), selector, got, text)
	}
	return b
}

// WantQuiet fails the test for console errors and requests to other hosts so far.
func (b *Browser) WantQuiet() *Browser {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range b.trouble {
		b.t.Error(t)
	}
	b.trouble = nil
	return b
}

// Shot saves a picture of the whole page when BROWSER_SHOTS names a folder.
func (b *Browser) Shot(name string) *Browser {
	b.t.Helper()
	if folder := os.Getenv("BROWSER_SHOTS"); folder != "" {
		b.savePage(filepath.Join(folder, name+".png"))
	}
	return b
}

func (b *Browser) savePage(path string) {
	png := ask(b, chromedp.FullScreenshot(100))
	if err := os.WriteFile(path, png, 0o644); err != nil {
		b.t.Logf("save picture: %v", err)
	}
}

// save keeps what is on the screen of a test that fails.
func (b *Browser) save(folder string) string {
	path := filepath.Join(folder, strings.ReplaceAll(b.t.Name(), "/", "_")+".png")
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(path, png, 0o644)
	}
	if err != nil {
		return err.Error()
	}
	return path
}
