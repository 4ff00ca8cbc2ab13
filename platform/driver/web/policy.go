package web

import (
	"fmt"
	"regexp"
	"strings"
)

// Sources are origins that a page may use beside its own, such as a bank's
// form target or the shop shown in a preview frame. Each is scheme, host and
// port; a host may begin with "*.".
type Sources struct {
	Script, Style, Image, Font, Media, Connect, Frame, Form, Ancestor []string
	// Payment are origins whose frames may open the wallets of the browser, beside the page itself. Where there are none nobody may.
	Payment []string
}

var sourceShape = regexp.MustCompile(`^(https?|wss?)://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$`)

// Check reports the first source that is not an origin. Sources typed by a
// merchant are checked with it before they are stored.
func (s Sources) Check() error {
	for _, list := range s.lists() {
		for _, source := range list {
			if !sourceShape.MatchString(source) {
				return fmt.Errorf("content source %q is not an origin", source)
			}
		}
	}
	return nil
}

func (s Sources) lists() [][]string {
	return [][]string{s.Script, s.Style, s.Image, s.Font, s.Media, s.Connect, s.Frame, s.Form, s.Ancestor, s.Payment}
}

func (s Sources) empty() bool {
	for _, list := range s.lists() {
		if len(list) > 0 {
			return false
		}
	}
	return true
}

func (s Sources) and(t Sources) Sources {
	join := func(a, b []string) []string { return append(a[:len(a):len(a)], b...) }
	return Sources{
		join(s.Script, t.Script), join(s.Style, t.Style), join(s.Image, t.Image), join(s.Font, t.Font), join(s.Media, t.Media),
		join(s.Connect, t.Connect), join(s.Frame, t.Frame), join(s.Form, t.Form), join(s.Ancestor, t.Ancestor),
		join(s.Payment, t.Payment),
	}
}

// policy is the behaviour of one surface.
type policy struct {
	script, style, image, font, media, connect, frame, form, ancestor string // sources; "" is 'none'
	sandbox                                                           bool
	referrer, permissions, opener, hsts, cache                        string
	body                                                              int64

	plain []header // compiled, when nothing is added
}

// contentSecurity writes the content security policy with the additions of one
// response. Everything not listed is 'none', and nothing inline runs but what
// carries the nonce.
func (p *policy) contentSecurity(add Sources, nonce string) string {
	var b strings.Builder
	b.WriteString("default-src 'none'")
	directive := func(name, own string, more []string, nonce string) {
		if own == "" && len(more) == 0 && nonce == "" {
			return // default-src covers it
		}
		b.WriteString("; ")
		b.WriteString(name)
		for _, source := range append([]string{own, nonce}, more...) {
			if source != "" {
				b.WriteByte(' ')
				b.WriteString(source)
			}
		}
	}
	if nonce != "" {
		nonce = "'nonce-" + nonce + "'"
	}
	directive("script-src", p.script, add.Script, nonce)
	directive("style-src", p.style, add.Style, nonce)
	directive("img-src", p.image, add.Image, "")
	directive("font-src", p.font, add.Font, "")
	directive("media-src", p.media, add.Media, "")
	directive("connect-src", p.connect, add.Connect, "")
	directive("frame-src", p.frame, add.Frame, "")
	if p.connect != "" {
		directive("manifest-src", "'self'", nil, "")
	}
	// These three do not fall back to default-src and must always be stated.
	directive("form-action", orNone(p.form, add.Form), add.Form, "")
	directive("frame-ancestors", orNone(p.ancestor, add.Ancestor), add.Ancestor, "")
	b.WriteString("; base-uri 'none'")
	if p.sandbox {
		b.WriteString("; sandbox")
	}
	return b.String()
}

// allowed writes the permissions policy with the additions of one response.
func (p *policy) allowed(add Sources) string {
	if len(add.Payment) == 0 {
		return p.permissions
	}
	return strings.Replace(p.permissions, noPayment, `payment=(self "`+strings.Join(add.Payment, `" "`)+`")`, 1)
}

func orNone(own string, more []string) string {
	if own == "" && len(more) == 0 {
		return "'none'"
	}
	return own
}

const (
	kib = 1 << 10
	mib = 1 << 20

	self       = "'self'"
	noPayment  = "payment=()"
	noSensors  = "camera=(), microphone=(), geolocation=(), " + noPayment + ", usb=(), serial=(), midi=(), browsing-topics=()"
	sameOrigin = "same-origin"
	withPopups = "same-origin-allow-popups"
	// Two years is what the browsers' preload lists ask for; a custom domain
	// belongs to its merchant, whose other hosts may still speak plain HTTP.
	hstsOurs   = "max-age=63072000; includeSubDomains"
	hstsTheirs = "max-age=31536000"

	noStore    = "no-store"
	revalidate = "private, no-cache"
)

// page is what every surface with pages has in common.
var page = policy{
	script: self, style: self, image: self + " data:", font: self, media: self, connect: self, form: self,
	referrer: "strict-origin-when-cross-origin", permissions: noSensors, opener: sameOrigin, hsts: hstsOurs,
	cache: revalidate, body: mib,
}

// but is a compiled variant of p.
func (p policy) but(change func(*policy)) *policy {
	change(&p)
	p.plain = p.compile()
	return &p
}

// bare is for answers that are not pages of ours: nothing is allowed but what
// the variant says.
var bare = policy{
	referrer: "no-referrer", permissions: noSensors, opener: sameOrigin, hsts: hstsOurs, cache: noStore, body: 256 * kib,
}

// policies is the table of surfaces; testdata/headers.golden prints it.
var policies = map[Surface]*policy{
	Platform: page.but(func(*policy) {}),
	ShopPath: page.but(func(p *policy) {
		p.opener = withPopups
	}),
	ShopOrigin: page.but(func(p *policy) {
		p.image, p.media, p.ancestor = self+" data: https:", self+" https:", self
		p.opener, p.hsts = withPopups, hstsTheirs
	}),
	Office: page.but(func(p *policy) {
		p.image = self + " data: blob:"
		p.referrer, p.cache, p.body = sameOrigin, noStore, 4*mib
	}),
	Console: page.but(func(p *policy) { p.referrer, p.cache = sameOrigin, noStore }),
	Mailbox: page.but(func(p *policy) { p.frame, p.referrer, p.cache = self, sameOrigin, noStore }),
	Sandbox: bare.but(func(p *policy) {
		p.style, p.image, p.ancestor, p.sandbox = "'unsafe-inline'", self+" data: https:", self, true
	}),
	Notice: bare.but(func(*policy) {}),
}
