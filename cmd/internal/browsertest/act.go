package browsertest

import (
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Go opens an address.
func (b *Browser) Go(address string) *Browser {
	b.t.Helper()
	b.load(chromedp.Navigate(address))
	return b
}

// Click presses what a CSS selector finds and waits for the page it leads to.
func (b *Browser) Click(selector string) *Browser {
	b.t.Helper()
	b.load(chromedp.ScrollIntoView(selector), chromedp.Click(selector))
	return b
}

// Press presses something that stays on the page.
func (b *Browser) Press(selector string) *Browser {
	b.t.Helper()
	b.do(chromedp.ScrollIntoView(selector), chromedp.Click(selector))
	return b
}

// Enter presses something by keyboard and waits for the page it leads to. Beside a frame of another site this is the sure way: for a
// moment after scrolling Chromium sends a click at a place to whatever was there before.
func (b *Browser) Enter(selector string) *Browser {
	b.t.Helper()
	b.load(chromedp.Focus(selector), chromedp.KeyEvent("\r"))
	return b
}

// Fill types into a field, over what is there.
func (b *Browser) Fill(selector, text string) *Browser {
	b.t.Helper()
	b.do(chromedp.Clear(selector), chromedp.SendKeys(selector, text))
	return b
}

// Keys types on the keyboard, to whatever has the focus.
func (b *Browser) Keys(keys string) *Browser {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
	return b
}

// Choose sets a select to a value.
func (b *Browser) Choose(selector, value string) *Browser {
	b.t.Helper()
	b.do(chromedp.SetValue(selector, value))
	return b
}

// Upload puts files into a file field.
func (b *Browser) Upload(selector string, files ...string) *Browser {
	b.t.Helper()
	for i, file := range files {
		whole, err := filepath.Abs(file) // Chromium runs in a folder of its own
		if err != nil {
			b.t.Fatal(err)
		}
		files[i] = whole
	}
	b.do(chromedp.SetUploadFiles(selector, files))
	return b
}

// Wait waits until something is on the screen.
func (b *Browser) Wait(selector string) *Browser {
	b.t.Helper()
	b.do(chromedp.WaitVisible(selector))
	return b
}

// Text is what something says.
func (b *Browser) Text(selector string) string {
	b.t.Helper()
	return strings.Join(strings.Fields(ask(b, chromedp.TextContent(selector))), " ")
}

// Value is what a field holds.
func (b *Browser) Value(selector string) string {
	b.t.Helper()
	return ask(b, chromedp.Value(selector))
}

// Has tells whether something is on the page.
func (b *Browser) Has(selector string) bool {
	b.t.Helper()
	return len(ask(b, chromedp.Nodes(selector, chromedp.AtLeast(0)))) > 0
}

// URL is the address of the page.
func (b *Browser) URL() string { b.t.Helper(); return ask(b, chromedp.Location()) }

// Sent is how many requests the page has sent whose method and address contain part: "POST http://…/checkout".
func (b *Browser) Sent(part string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, request := range b.sent {
		if strings.Contains(request, part) {
			n++
		}
	}
	return n
}

// load runs steps that lead to another page and waits until it is there.
func (b *Browser) load(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.do(chromedp.Func(responded(steps)))
}
