package domains

import (
	"strings"
	"time"

	"golang.org/x/net/idna"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/fault"
)

const (
	// Quarantine is how long a released domain is given to nobody else.
	Quarantine = 30 * 24 * time.Hour
	// claimLasts is how long a claim without proof keeps others from claiming the same name: a
	// stranger who claims it first must not keep its owner out for long.
	claimLasts = 24 * time.Hour
	// maxPerShop bounds what one shop may claim.
	maxPerShop = 10
	// label is where the TXT record stands, below the domain.
	label = "_echoppe."
	// targetLabel is the sub-domain of the platform below which shops' targets are.
	targetLabel = "connect"
)

// Domain is a shop's own host.
type Domain struct {
	Host     string // ASCII, lower case
	Shop     registry.ID
	Token    string // the TXT record's content
	Target   string // what the name should lead to
	Verified time.Time
	Main     bool
	Created  time.Time
	Checked  time.Time // when the proof was last looked for
	Problem  string    // key of what was missing then
}

// TXT is the name of the record that holds Token.
func (d Domain) TXT() string { return label + d.Host }

// Unicode is the host as people write it.
func (d Domain) Unicode() string {
	if text, err := idna.Display.ToUnicode(d.Host); err == nil {
		return text
	}
	return d.Host
}

// Refusals.
var (
	ErrUnknown    = fault.New(fault.NotFound, "domains.unknown")
	ErrTaken      = fault.New(fault.Conflict, "domains.taken")
	ErrQuarantine = fault.New(fault.Conflict, "domains.quarantine") // until
	ErrTooMany    = fault.New(fault.Quota, "domains.too_many")      // n
	ErrNoTXT      = fault.New(fault.Conflict, "domains.no_txt")
	ErrNoTarget   = fault.New(fault.Conflict, "domains.no_target") // target
	ErrUnverified = fault.New(fault.Conflict, "domains.unverified")
	// ErrResolver is returned when DNS itself failed; nothing is known about the records then.
	ErrResolver = fault.New(fault.Upstream, "domains.resolver")
)

// CleanHost turns what a person typed into a host: other alphabets become punycode, a scheme in
// front is forgiven. Errors: a refused field "host".
func CleanHost(text string, s sites.Sites) (string, error) {
	host := strings.ToLower(strings.TrimSpace(text))
	host = strings.TrimPrefix(strings.TrimPrefix(host, "https://"), "http://")
	host = strings.TrimSuffix(strings.TrimSuffix(host, "/"), ".")
	ascii, err := idna.Lookup.ToASCII(host)
	key := ""
	switch {
	case host == "":
		key = "form.required"
	case err != nil || !shaped(ascii):
		key = "domains.shape"
	case ascii == s.Host || strings.HasSuffix(ascii, "."+s.Host) || strings.HasSuffix(s.Host, "."+ascii):
		key = "domains.ours"
	}
	if key != "" {
		return "", fault.Invalid(fault.Field{Name: "host", Key: key})
	}
	return ascii, nil
}

// shaped asks for at least two labels and a last one that is no number, which leaves out addresses.
func shaped(host string) bool {
	labels := strings.Split(host, ".")
	if len(labels) < 2 || len(host) > 253 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return strings.Trim(labels[len(labels)-1], "0123456789") != ""
}
