package payment

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
)

// sealed are the secret fields of a mode by name, each sealed for its shop, mode and field.
type sealed map[string]string

func sealContext(shop *tenant.Shop, mode ModeID, field string) string {
	return secret.Context(shop.ID().String(), "payment_mode", mode.String(), field)
}

func (m *Modes) seal(shop *tenant.Shop, mode ModeID, private form.Values) (sealed, error) {
	box := make(sealed, len(private))
	for field := range private {
		var err error
		if box[field], err = m.sealer.Seal(private.Text(field), sealContext(shop, mode, field)); err != nil {
			return nil, fmt.Errorf("seal %s of payment mode %s: %w", field, mode, err)
		}
	}
	return box, nil
}

func (m *Modes) open(shop *tenant.Shop, mode ModeID, box sealed) (map[string]secret.Text, error) {
	secrets := make(map[string]secret.Text, len(box))
	for field, text := range box {
		plain, err := m.sealer.Open(text, sealContext(shop, mode, field))
		if err != nil {
			return nil, fmt.Errorf("open %s of payment mode %s: %w", field, mode, err)
		}
		secrets[field] = secret.NewText(plain)
	}
	return secrets, nil
}

// legible is open without those that cannot be opened: a merchant whose keys were lost with the
// key ring is asked for them again instead of being locked out of the form.
func (m *Modes) legible(shop *tenant.Shop, mode ModeID, box sealed) map[string]secret.Text {
	secrets := make(map[string]secret.Text, len(box))
	for field, text := range box {
		if plain, err := m.sealer.Open(text, sealContext(shop, mode, field)); err == nil {
			secrets[field] = secret.NewText(plain)
		}
	}
	return secrets
}

// Value gives a JSON object to the database, "" for none.
func (s sealed) Value() (driver.Value, error) {
	if len(s) == 0 {
		return "", nil
	}
	b, err := json.Marshal(map[string]string(s))
	return string(b), err
}

// Scan reads what Value gives.
func (s *sealed) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("scan sealed secrets: unexpected %T", src)
	}
	*s = nil
	if text == "" {
		return nil
	}
	got := map[string]string{}
	if json.Unmarshal([]byte(text), &got) != nil {
		// Not the decoder's own error, which quotes what it cannot read.
		return fmt.Errorf("scan sealed secrets: not a JSON object of texts")
	}
	*s = got
	return nil
}

var (
	_ driver.Valuer = sealed{}
	_ sql.Scanner   = (*sealed)(nil)
)
