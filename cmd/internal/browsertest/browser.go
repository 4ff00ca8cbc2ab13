package browsertest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds one step: a page that takes longer on two busy cores is broken.
const patience = 20 * time.Second

// Options say whose browser it is. The zero value is an English desk with script.
type Options struct {
	Width    int    // of the window; 1280 when zero
	NoScript bool   // scripts do not run
	Language string // "de"; the site chooses by it when nothing else says
	Blocked  string // URLPattern of what cannot be had, as behind a filter; "" for nothing
}

// Browser is one window with its own cookies.
type Browser struct {
	t   testing.TB
	ctx context.Context
	o   Options

	mu      sync.Mutex
	trouble []string
	sent    []string // method and address of every request
	home    string   // host of the first page
}

// Open starts a Chromium that ends with the test.
func Open(t testing.TB, o Options) *Browser {
	t.Helper()
	program := find()
	if program == "" {
		t.Fatal("this test needs Chromium: apt-get install chromium")
	}
	if o.Width == 0 {
		o.Width = 1280
	}
	if o.Language == "" {
		o.Language = "en"
	}
	b := &Browser{t: t, o: o}
	// A Chromium on a busy machine sometimes replaces its first tab while it is being taken over;
	// another one is started then.
	for try := 1; ; try++ {
		err := b.launch(program)
		if err == nil {
			return b
		}
		if try == launches {
			t.Fatalf("start Chromium: %v", err)
		}
	}
}

// find gives the path of a Chromium, whatever a distribution calls it; "" without one.
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// launches is how many Chromiums are started before a test gives up.
const launches = 3

// launch starts a program that ends with the test and makes its window.
func (b *Browser) launch(program string) error {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(b.t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("accept-lang", b.o.Language), chromedp.Flag("lang", b.o.Language),
		chromedp.WindowSize(b.o.Width, 900))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	b.t.Cleanup(func() { end(); stop() })
	b.ctx = ctx
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		return err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(b.o.Width), 900)); err != nil {
		return err
	}
	return chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if b.o.Blocked != "" {
			pattern := &network.BlockPattern{URLPattern: b.o.Blocked, Block: true}
			if _, err := chromedp.Call(ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{pattern}}); err != nil {
				return err
			}
		}
		if !b.o.NoScript {
			return nil
		}
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// Resize gives the window another width; the page stays.
func (b *Browser) Resize(width int) *Browser {
	b.t.Helper()
	b.o.Width = width
	b.do(chromedp.EmulateViewport(int64(width), 900))
	return b
}

// hear collects what a person would not see: errors in the console, requests to other hosts.
func (b *Browser) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.note("script: " + e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			b.note("console: " + e.Entry.Text + " " + e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		b.mu.Lock()
		b.sent = append(b.sent, e.Request.Method+" "+e.Request.URL)
		b.mu.Unlock()
		if u, err := url.Parse(e.Request.URL); err == nil && strings.HasPrefix(u.Scheme, "http") && !ours(u.Hostname()) {
			b.note("request to " + u.Host)
		}
	}
}

// ours are the names of this machine, under which every surface of a test lives.
func ours(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1"
}

func (b *Browser) note(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trouble = append(b.trouble, text)
}

func (b *Browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	err := chromedp.Do(ctx, steps...)
	for replaced(err) {
		err = chromedp.Do(ctx, steps...)
	}
	if err != nil {
		b.t.Fatalf("browser: %v\nat %s\n%s", err, b.at(), b.picture())
	}
}

// replaced tells of an element that went between being found and being used: the page's script has put a fresh copy in
// its place, which is looked for again.
func replaced(err error) bool {
	return err != nil && strings.Contains(err.Error(), "Could not find node with given id")
}

func ask[T any](b *Browser, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	for replaced(err) {
		v, err = chromedp.Run(ctx, a)
	}
	if err != nil {
		b.t.Fatalf("browser: %v\nat %s\n%s", err, b.at(), b.picture())
	}
	return v
}

func (b *Browser) at() string {
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Second)
	defer cancel()
	at, _ := chromedp.Run(ctx, chromedp.Location())
	return at
}

// picture saves what is on the screen when a test fails, if BROWSER_SHOTS names a folder.
func (b *Browser) picture() string {
	folder := os.Getenv("BROWSER_SHOTS")
	if folder == "" {
		return "set BROWSER_SHOTS to a folder for a picture"
	}
	return "picture: " + b.save(folder)
}
