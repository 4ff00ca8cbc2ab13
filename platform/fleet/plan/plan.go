package plan

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// Code names a plan. The words are stored.
type Code string

// Free is the plan of a new shop.
const Free Code = "free"

// Unlimited is a quota that never refuses.
const Unlimited = -1

// ErrUnknown refuses a code that names no plan.
var ErrUnknown = fault.New(fault.NotFound, "plan.unknown")

// Plan is a named set of quotas.
type Plan struct {
	Code   Code
	Names  i18n.Text
	Quotas Quotas
}

// Quotas are limits. One that is absent from the stored document is zero and allows nothing, so
// that a mistake in it is noticed at once and not on the bill of the disk.
type Quotas struct {
	Articles  int   `json:"articles"`
	DiskMB    int64 `json:"disk_mb"`
	Staff     int   `json:"staff"`
	MailsADay int   `json:"mails_day"`
}

// Scan reads the jsonb column.
func (q *Quotas) Scan(src any) error {
	var data []byte
	switch v := src.(type) {
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("scan quotas: unexpected %T", src)
	}
	if err := json.Unmarshal(data, q); err != nil {
		return fmt.Errorf("scan quotas: %w", err)
	}
	return nil
}

// GormDataType tells gorm that the column is jsonb.
func (Quotas) GormDataType() string { return "jsonb" }

var _ sql.Scanner = (*Quotas)(nil)
