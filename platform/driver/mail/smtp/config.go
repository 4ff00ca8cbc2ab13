package smtp

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"echoppe.dev/platform/driver/secret"
)

// TLS says how the connection is encrypted.
type TLS string

const (
	// Require is STARTTLS or no mail at all.
	Require TLS = "require"
	// Try is STARTTLS when the server offers it.
	Try TLS = "try"
	// Implicit is TLS from the first byte (port 465).
	Implicit TLS = "implicit"
	// None is no encryption, for a server on the same machine.
	None TLS = "none"
)

// Config says which server to use and how.
type Config struct {
	Host     string
	Port     int
	User     string
	Password secret.Text
	TLS      TLS
	// Hello is our name in EHLO; the machine's name when empty.
	Hello string
	// Timeout bounds one Send as a whole; 20 s when zero.
	Timeout time.Duration
}

// ParseURL reads a Config from smtp://user:password@host:587?tls=require or
// smtps://host:465. For smtp the default is tls=require. The errors never quote
// the address, since it may hold a password.
func ParseURL(address string) (Config, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Config{}, errors.New("not an address of the form smtp://user:password@host:port")
	}
	c := Config{Host: u.Hostname(), User: u.User.Username(), TLS: TLS(u.Query().Get("tls"))}
	if password, ok := u.User.Password(); ok {
		c.Password = secret.NewText(password)
	}
	switch {
	case c.Host == "":
		return Config{}, errors.New("names no host")
	case u.Scheme == "smtps" && c.TLS == "":
		c.Port, c.TLS = 465, Implicit
	case u.Scheme == "smtp" && c.TLS != Implicit:
		c.Port = 587
	default:
		return Config{}, fmt.Errorf("scheme %q with tls=%q is neither smtp nor smtps", u.Scheme, c.TLS)
	}
	if c.TLS == "" {
		c.TLS = Require
	}
	if u.Port() != "" {
		if c.Port, err = strconv.Atoi(u.Port()); err != nil || c.Port < 1 || c.Port > 65535 {
			return Config{}, fmt.Errorf("port %q is not a port", u.Port())
		}
	}
	return c, c.check()
}

func (c Config) check() error {
	switch c.TLS {
	case Require, Implicit, Try:
	case None:
		if c.User != "" {
			return errors.New("credentials with tls=none would travel in the clear")
		}
	default:
		return fmt.Errorf("tls=%q is none of require, try, none", c.TLS)
	}
	if c.User != "" && c.Password.IsZero() {
		return errors.New("a user without a password")
	}
	return nil
}
