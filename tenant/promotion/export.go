package promotion

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// export writes one row a code. A code that begins like a formula is kept from becoming one in the
// spreadsheet that opens the file.
func export(tx tenant.Tx, which ID, to io.Writer, head [3]string) error {
	set, err := settings.Load(tx)
	if err != nil {
		return err
	}
	rows, err := tx.Raw().Query(tx.Context(), `select c.code, c.issued_at, coalesce(o.number, '')
		from discount_codes c left join orders o on o.id = c.order_id
		where c.discount_id = $1 and c.issued_at is not null order by c.issued_at, c.code`, which)
	if err != nil {
		return fmt.Errorf("export codes: %w", err)
	}
	defer rows.Close()
	w := csv.NewWriter(to)
	if err := w.Write(head[:]); err != nil {
		return fmt.Errorf("export codes: %w", err)
	}
	for rows.Next() {
		var code, number string
		var at time.Time
		if err := rows.Scan(&code, &at, &number); err != nil {
			return fmt.Errorf("export codes: %w", err)
		}
		if err := w.Write([]string{plain(code), at.In(set.Rules().Zone).Format(time.DateOnly), plain(number)}); err != nil {
			return fmt.Errorf("export codes: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("export codes: %w", err)
	}
	w.Flush()
	return w.Error()
}

func plain(text string) string {
	if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
		return "'" + text
	}
	return text
}
