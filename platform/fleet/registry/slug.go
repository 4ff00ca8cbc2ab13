package registry

import (
	"regexp"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// Limits of a slug. It is a DNS label of at most 63 octets (RFC 1035, section 2.3.4); forty leave
// room on a phone's address bar.
const (
	minSlug = 3
	maxSlug = 40
)

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// reserved are names under which a visitor expects the platform itself, or mail software does.
var reserved = words(`
	abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover bank
	backoffice billing blog bounce broadcasthost cdn checkout cname connect console contact dashboard
	dev dns docs download downloads email fakebank files ftp git healthz help hostmaster http https
	image images imap info internal invoice isatap legal local localhost login logout mail mailbox
	mailer-daemon metrics media monitor mta-sts mx news nobody noc noreply no-reply ns ns1 ns2 ns3
	operator operators owner pay payment payments platform pop pop3 postmaster preview proxy readyz
	register root sales secure security server shop shops sign-in sign-up signin signup smtp ssl
	sslwebmaster static status store support sysadmin system test tls undefined uploads usenet uucp
	webmail webmaster webhook webhooks wpad www www1 www2 www3`)

func words(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// CleanSlug checks a name for a shop as typed. It accepts capitals and surrounding spaces and
// nothing else that is not a slug: no dots, no slashes, no look-alikes from other alphabets, no
// punycode. Errors: a refused field "slug".
func CleanSlug(text string) (string, error) {
	slug := strings.ToLower(strings.TrimSpace(text))
	key := ""
	switch {
	case slug == "":
		key = "form.required"
	case len(slug) < minSlug:
		key = "registry.slug_short"
	case len(slug) > maxSlug:
		key = "registry.slug_long"
	case !slugShape.MatchString(slug):
		key = "registry.slug_shape"
	case reserved[slug]:
		key = "registry.slug_reserved"
	}
	if key != "" {
		return "", fault.Invalid(fault.Field{Name: "slug", Key: key, Args: fault.Args{"min": minSlug, "max": maxSlug}})
	}
	return slug, nil
}

// IsSlug tells whether text could be the slug of a shop, so that others need no look-up. Unlike
// CleanSlug it does not mind reserved names: one may have been given before it was reserved.
func IsSlug(text string) bool {
	return len(text) >= minSlug && len(text) <= maxSlug && slugShape.MatchString(text)
}
