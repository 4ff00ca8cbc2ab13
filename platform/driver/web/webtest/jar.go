package webtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// jar keeps cookies as browsers do, SameSite and the name prefixes included,
// which net/http's jar leaves out.
type jar struct{ kept []kept }

type kept struct {
	cookie   *http.Cookie
	host     string // the exact host, or the domain when wide
	wide     bool
	path     string
	expires  time.Time // zero: with the browser
	sameSite http.SameSite
}

// store keeps the cookies of an answer. A cookie that browsers would drop is
// described in problem: the server meant something by it.
func (j *jar) store(u *url.URL, cookies []*http.Cookie, now time.Time) (problem string) {
	for _, c := range cookies {
		entry := kept{cookie: c, host: u.Hostname(), path: c.Path, sameSite: c.SameSite}
		if strings.HasPrefix(c.Name, "__Host-") && (!c.Secure || c.Path != "/" || c.Domain != "") {
			problem = "cookie " + c.Name + " breaks the rules of its prefix"
			continue
		}
		if c.Secure && u.Scheme != "https" {
			problem = "cookie " + c.Name + " is Secure but was sent over plain HTTP"
			continue
		}
		if domain := strings.TrimPrefix(c.Domain, "."); domain != "" {
			if !within(entry.host, domain) {
				problem = "cookie " + c.Name + " is for another domain"
				continue
			}
			entry.host, entry.wide = domain, true
		}
		if !strings.HasPrefix(entry.path, "/") {
			entry.path = u.Path[:max(1, strings.LastIndexByte(u.Path, '/'))]
		}
		gone := c.MaxAge < 0
		switch {
		case c.MaxAge > 0:
			entry.expires = now.Add(time.Duration(c.MaxAge) * time.Second)
		case !c.Expires.IsZero():
			entry.expires = c.Expires
			gone = gone || !c.Expires.After(now)
		}
		j.kept = slices.DeleteFunc(j.kept, func(k kept) bool {
			return k.cookie.Name == c.Name && k.host == entry.host && k.path == entry.path
		})
		if !gone {
			j.kept = append(j.kept, entry)
		}
	}
	return problem
}

// cookies are those sent with a request, the longest paths first.
func (j *jar) cookies(u *url.URL, site crossing, method string, now time.Time) []*http.Cookie {
	var out []kept
	for _, k := range j.kept {
		safe := method == http.MethodGet || method == http.MethodHead
		switch {
		case k.host != u.Hostname() && !(k.wide && within(u.Hostname(), k.host)):
		case !pathMatches(u.Path, k.path):
		case k.cookie.Secure && u.Scheme != "https":
		case !k.expires.IsZero() && !k.expires.After(now):
		case site.crossSite() && k.sameSite == http.SameSiteStrictMode:
		case site.crossSite() && k.sameSite != http.SameSiteNoneMode && !safe: // Lax is the default
		default:
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b kept) int { return len(b.path) - len(a.path) })
	sent := make([]*http.Cookie, len(out))
	for i, k := range out {
		sent[i] = &http.Cookie{Name: k.cookie.Name, Value: k.cookie.Value}
	}
	return sent
}

func within(host, domain string) bool {
	return host == domain || strings.HasSuffix(host, "."+domain)
}

func pathMatches(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix) && (strings.HasSuffix(prefix, "/") || path[len(prefix)] == '/')
}

// Cookie returns the cookie of that name that the browser would send to the
// page it is on, nil when there is none.
func (b *Browser) Cookie(name string) *http.Cookie {
	b.t.Helper()
	if b.page == nil {
		return nil
	}
	for _, c := range b.jar.cookies(b.page.URL, crossing{}, http.MethodGet, b.Clock.Now()) {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Forget drops all cookies.
func (b *Browser) Forget() { b.jar.kept = nil }
