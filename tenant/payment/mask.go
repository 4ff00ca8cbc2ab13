package payment

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Message is a bank's message as the ledger keeps it.
type Message map[string]string

// Names are the names of its fields, in their order.
func (m Message) Names() []string { return slices.Sorted(maps.Keys(m)) }

// How much of a message is kept.
const (
	maxMessageFields = 100
	maxMessageValue  = 500
)

// cardLike finds runs of digits as long as a card number, as people and banks group them
// (ISO/IEC 7812-1: 8 to 19 digits; under 13 nobody issues cards for shopping).
var cardLike = regexp.MustCompile(`\d(?:[ -]?\d){12,18}`)

// mask is the belt to the braces of the families, which leave card numbers out already: whatever
// passes for a card number loses its middle before it is written.
func mask(m Message) Message {
	clean := make(Message, len(m))
	for name, value := range m {
		if len(clean) == maxMessageFields {
			break
		}
		value = strings.ReplaceAll(strings.ToValidUTF8(value, "�"), "\x00", "")
		if r := []rune(value); len(r) > maxMessageValue {
			value = string(r[:maxMessageValue]) + "…"
		}
		clean[strings.ToValidUTF8(name, "�")] = cardLike.ReplaceAllStringFunc(value, maskCard)
	}
	return clean
}

func maskCard(run string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, run)
	if !luhn(digits) {
		return run
	}
	return digits[:6] + "••••••" + digits[len(digits)-4:]
}

// luhn is the check digit every card number carries (ISO/IEC 7812-1, annex B).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// Value gives a JSON object to the database.
func (m Message) Value() (driver.Value, error) {
	if m == nil {
		return "{}", nil
	}
	b, err := json.Marshal(map[string]string(m))
	return string(b), err
}

// Scan reads what Value gives.
func (m *Message) Scan(src any) error {
	var data []byte
	switch v := src.(type) {
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("scan message: unexpected %T", src)
	}
	got := map[string]string{}
	if err := json.Unmarshal(data, &got); err != nil {
		return fmt.Errorf("scan message: %w", err)
	}
	*m = got
	return nil
}

var (
	_ driver.Valuer = Message{}
	_ sql.Scanner   = (*Message)(nil)
)
