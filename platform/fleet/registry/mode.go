package registry

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// Mode says who may come in. The words are stored.
type Mode string

// The modes (MNT-01 to MNT-03).
const (
	Production Mode = "production"
	// Draining lets those who were inside before the switch go on; the trade calls it maintenance 1.
	Draining Mode = "maintenance1"
	// Shut lets nobody in; maintenance 2.
	Shut Mode = "maintenance2"
)

// ParseMode reads a stored or submitted word.
func ParseMode(text string) (Mode, error) {
	switch m := Mode(text); m {
	case Production, Draining, Shut:
		return m, nil
	}
	return "", fault.Invalid(fault.Field{Name: "mode", Key: "form.choice"})
}

// Maintenance is what a merchant says about a closed shop.
type Maintenance struct {
	// Message is shown to those who stay outside.
	Message i18n.Text `json:"message,omitempty"`
	// Reopens is when they should come back; zero when unknown.
	Reopens time.Time `json:"reopens,omitzero"`
	// Zone is the shop's time zone, in which Reopens is shown; UTC when empty.
	Zone string `json:"zone,omitempty"`
	// Allow are addresses whose users pass while Draining.
	Allow []netip.Prefix `json:"allow,omitempty"`
	// Downloads keeps the download of paid files working.
	Downloads bool `json:"downloads,omitempty"`
	// Preview is what preview links are signed for; a new value makes the old links void.
	Preview string `json:"preview,omitempty"`
}

// Location is the zone in which Reopens is shown.
func (m Maintenance) Location() *time.Location {
	if zone, err := time.LoadLocation(m.Zone); err == nil {
		return zone
	}
	return time.UTC
}

// Lets tells whether ip is on the list.
func (m Maintenance) Lets(ip netip.Addr) bool {
	for _, p := range m.Allow {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}

// maxAllow is a list that a person can still read; every request while Draining walks it.
const maxAllow = 100

// ParseAllow reads addresses and networks as a person types them, one a line or divided by commas
// or spaces. Errors: a refused field "allow" with argument "text".
func ParseAllow(text string) ([]netip.Prefix, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\t\r\n", r) })
	if len(words) > maxAllow {
		return nil, fault.Invalid(fault.Field{Name: "allow", Key: "registry.allow_too_many", Args: fault.Args{"n": maxAllow}})
	}
	var list []netip.Prefix
	for _, w := range words {
		p, err := parsePrefix(w)
		if err != nil {
			return nil, fault.Invalid(fault.Field{Name: "allow", Key: "registry.allow_address", Args: fault.Args{"text": w}})
		}
		list = append(list, p)
	}
	return list, nil
}

func parsePrefix(word string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(word); err == nil {
		return p.Masked(), nil
	}
	addr, err := netip.ParseAddr(word)
	if err != nil || addr.Zone() != "" {
		return netip.Prefix{}, fmt.Errorf("%q is no address", word)
	}
	addr = addr.Unmap()
	return netip.PrefixFrom(addr, addr.BitLen()), nil
}

// Scan reads the jsonb column.
func (m *Maintenance) Scan(src any) error {
	var data []byte
	switch v := src.(type) {
	case nil:
		return nil
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("scan maintenance: unexpected %T", src)
	}
	if err := json.Unmarshal(data, m); err != nil {
		return fmt.Errorf("scan maintenance: %w", err)
	}
	return nil
}

// Value writes the jsonb column.
func (m Maintenance) Value() (driver.Value, error) {
	b, err := json.Marshal(m)
	return string(b), err
}

// GormDataType tells gorm that the column is jsonb.
func (Maintenance) GormDataType() string { return "jsonb" }

var (
	_ driver.Valuer = Maintenance{}
	_ sql.Scanner   = (*Maintenance)(nil)
)
