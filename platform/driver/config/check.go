package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/mail/smtp"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/telemetry"
)

// wellKnown are passwords that examples and default installations use.
var wellKnown = map[string]bool{
	"postgres": true, "password": true, "secret": true, "changeme": true, "change-me": true, "echoppe": true,
	"admin": true, "root": true, "test": true, "minioadmin": true, "example": true, "123456": true,
}

const (
	maxPrepared = 1000
	// minPassword is the least length accepted for a machine's password.
	minPassword = 12
)

// Check returns everything that is wrong for mode; nothing when all is well.
func (c Config) Check(mode Mode) Problems {
	k := checker{mode: mode}
	k.missing(c)
	k.general(c)
	k.publicURL(c)
	k.databases(c)
	k.services(c)
	if mode == Serve {
		k.credentials(c)
	}
	return k.problems
}

type checker struct {
	mode     Mode
	problems Problems
}

func (k *checker) add(variable, format string, args ...any) {
	k.problems = append(k.problems, Problem{variable, fmt.Sprintf(format, args...)})
}

// missing reports what serve cannot do without.
func (k *checker) missing(c Config) {
	if k.mode != Serve {
		return
	}
	v := reflect.ValueOf(c)
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get("need") != string(Serve) || !v.FieldByIndex(f.Index).IsZero() {
			continue
		}
		if f.Name == "DatabaseOwnerURL" && !c.Has(Worker) && !c.Has(Operator) {
			continue
		}
		k.add(f.Tag.Get("env"), "is not set: %s", f.Tag.Get("doc"))
	}
}

func (k *checker) general(c Config) {
	k.addresses(c)
	if len(c.Roles) == 0 {
		k.add("ROLES", "names no role: give one or more of web, worker, operator")
	}
	for _, r := range c.Roles {
		if r != Web && r != Worker && r != Operator {
			k.add("ROLES", "%q is none of web, worker, operator", r)
		}
	}
	if c.PreparedShops < 0 || c.PreparedShops > maxPrepared {
		k.add("PREPARED_SHOPS", "%d is not between 0 and %d", c.PreparedShops, maxPrepared)
	}
	if _, err := telemetry.ParseLevel(c.LogLevel); err != nil {
		k.add("LOG_LEVEL", "%v", err)
	}
	if c.OTLPEndpoint != "" && !webAddress(c.OTLPEndpoint) {
		k.add("OTEL_EXPORTER_OTLP_ENDPOINT", "is not an address of the form http://host:4318")
	}
	for _, p := range c.TrustedProxies {
		if p.Bits() == 0 {
			k.add("TRUSTED_PROXIES", "%s trusts the whole world, so that anybody can forge an address", p)
		}
	}
}

// addresses looks at where the process listens. What it counts must not be told where shoppers come in.
func (k *checker) addresses(c Config) {
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil || port == "" {
		k.add("ADDR", "%q is not of the form host:port or :port", c.Addr)
	}
	if c.MetricsAddr == "" {
		return
	}
	switch _, own, err := net.SplitHostPort(c.MetricsAddr); {
	case err != nil || own == "":
		k.add("METRICS_ADDR", "%q is not of the form host:port or :port", c.MetricsAddr)
	case own == port && own != "0":
		k.add("METRICS_ADDR", "has the port of ADDR, which everybody reaches: choose another, such as 127.0.0.1:9090")
	}
}

func (k *checker) publicURL(c Config) {
	if c.PublicURL == "" {
		return
	}
	u, err := url.Parse(c.PublicURL)
	switch {
	case err != nil || !webAddress(c.PublicURL) || u.User != nil:
		k.add("PUBLIC_URL", "is not an address of the form https://platform.tld")
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "":
		k.add("PUBLIC_URL", "must not have a path: shops are found below it")
	case k.mode == Serve && u.Scheme != "https" && !c.AllowHTTP:
		k.add("PUBLIC_URL", "is not https: put a proxy with TLS in front, or set ALLOW_HTTP=true if nobody but you can reach it")
	case k.mode == Serve && net.ParseIP(u.Hostname()) != nil:
		k.add("PUBLIC_URL", "is an IP address: back office and shops need sub-domains of a name")
	}
}

func (k *checker) databases(c Config) {
	app := k.database("DATABASE_URL", c.DatabaseURL)
	owner := k.database("DATABASE_OWNER_URL", c.DatabaseOwnerURL)
	if app != nil && owner != nil && app.User == owner.User {
		k.add("DATABASE_OWNER_URL", "has the same user as DATABASE_URL: requests would run with the owner's rights")
	}
}

func (k *checker) database(variable string, address secret.Text) *pgx.ConnConfig {
	if address.IsZero() {
		return nil
	}
	cfg, err := pgx.ParseConfig(address.Reveal())
	if err != nil || cfg.User == "" || cfg.Database == "" {
		k.add(variable, "is not an address of the form postgres://user:password@host:5432/database")
		return nil
	}
	overNetwork := !strings.HasPrefix(cfg.Host, "/")
	switch {
	case k.mode != Serve || !overNetwork:
	case cfg.Password == "":
		k.add(variable, "has no password, but connects over the network")
	case wellKnown[strings.ToLower(cfg.Password)] || cfg.Password == cfg.User:
		k.add(variable, "has a password that everybody guesses")
	}
	return cfg
}

func (k *checker) services(c Config) {
	if !c.RedisURL.IsZero() {
		u, err := url.Parse(c.RedisURL.Reveal())
		if err != nil || u.Scheme != "redis" && u.Scheme != "rediss" && u.Scheme != "unix" || u.Host == "" && u.Path == "" {
			k.add("REDIS_URL", "is not an address of the form redis://host:6379")
		}
	}
	for variable, address := range map[string]string{"S3_ENDPOINT": c.S3Endpoint, "S3_PUBLIC_ENDPOINT": c.S3PublicEndpoint} {
		if address != "" && !webAddress(address) {
			k.add(variable, "is not an address of the form https://host")
		}
	}
	if !c.SMTPURL.IsZero() {
		if _, err := smtp.ParseURL(c.SMTPURL.Reveal()); err != nil {
			k.add("SMTP_URL", "%v", err)
		}
	}
	if c.MailFrom != "" {
		if _, err := mail.ParseAddress(c.MailFrom); err != nil {
			k.add("MAIL_FROM", "is not a mail address such as hello@platform.tld")
		}
	}
	if !c.SecretKeys.IsZero() {
		if _, err := secret.ParseKeys(c.SecretKeys.Reveal()); err != nil {
			k.add("SECRET_KEYS", "%v", err)
		}
	}
}

// credentials refuses what an example file left behind.
func (k *checker) credentials(c Config) {
	switch s := c.S3Secret.Reveal(); {
	case s == "":
	case wellKnown[strings.ToLower(s)] || s == c.S3Key:
		k.add("S3_SECRET", "is a secret that everybody guesses")
	case len(s) < minPassword:
		k.add("S3_SECRET", "has fewer than %d characters", minPassword)
	}
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}
