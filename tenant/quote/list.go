package quote

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
)

// Filter narrows a list; its zero value is every quote, the newest first.
type Filter struct {
	State State // "" for all
	Text  string
	// Customer lists what one of them sees: not what a merchant has begun for him and not sent.
	Customer customer.ID
	After    string // the Next of the page before, "" for the first
	Limit    int    // 50 when zero, at most 200
}

// Page is one page of a list.
type Page struct {
	Rows []Row
	Next string // "" on the last page
}

// Row is a quote in a list.
type Row struct {
	ID        ID
	Number    string
	State     State
	Name      string
	Email     string
	Total     money.Amount // of what the customer sees, else of the draft
	Pieces    int
	Until     *time.Time // of what was sent
	Order     string     // number of the order it became
	CreatedAt time.Time
}

const (
	defaultLimit = 50
	maxLimit     = 200
)

// likeEscaper makes a text match itself.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// List reads one page. Ids grow with time, so the primary key is the order of the list.
func List(tx tenant.Tx, f Filter) (Page, error) {
	today, err := Today(tx)
	if err != nil {
		return Page{}, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	where, args := f.conditions(today)
	if after, err := id.Parse[Quote](f.After); err == nil {
		where, args = where+" and q.id < ?", append(args, after)
	}
	var rows []listRow
	err = tx.DB().Raw(`
		select q.id, q.number, q.state, q.name, q.email, q.currency, q.valid_until, q.created_at,
			coalesce(coalesce(q.sent, q.draft) #>> '{priced,totals,to_pay,amount}', '0')::numeric as total,
			(select coalesce(sum((l->>'qty')::int), 0) from jsonb_array_elements(coalesce(q.sent, q.draft)->'lines') l) as pieces,
			coalesce((select number from orders where id = q.order_id), '') as order_number
		from quotes q where `+where+` order by q.id desc limit ?`, append(args, limit+1)...).Scan(&rows).Error
	if err != nil {
		return Page{}, fmt.Errorf("list quotes: %w", err)
	}
	var page Page
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for i := range rows {
		row, err := rows[i].row(today)
		if err != nil {
			return Page{}, err
		}
		page.Rows = append(page.Rows, row)
	}
	return page, nil
}

func (f Filter) conditions(today time.Time) (string, []any) {
	parts, args := []string{"true"}, []any(nil)
	add := func(sql string, more ...any) { parts, args = append(parts, sql), append(args, more...) }
	switch day := today.Format(time.DateOnly); f.State {
	case "":
	case Sent:
		add("q.state = 'sent' and q.valid_until >= ?::date", day)
	case Expired:
		add("q.state = 'sent' and q.valid_until < ?::date", day)
	case Draft, Accepted, Refused:
		add("q.state = ?", f.State)
	}
	if t := strings.TrimSpace(f.Text); t != "" {
		like := "%" + likeEscaper.Replace(t) + "%"
		add("(q.number ilike ? or q.email ilike ? or q.name ilike ?)", like, like, like)
	}
	if !f.Customer.IsZero() {
		add("q.customer_id = ? and (q.sent is not null or q.asked is not null)", f.Customer)
	}
	return strings.Join(parts, " and "), args
}

// Tally counts the quotes in each state, for the tabs of the list.
func Tally(tx tenant.Tx) (map[State]int, error) {
	today, err := Today(tx)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		State State
		N     int
	}
	err = tx.DB().Raw(`select case when state = 'sent' and valid_until < ?::date then 'expired' else state end as state, count(*) as n
		from quotes group by 1`, today.Format(time.DateOnly)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count quotes: %w", err)
	}
	tally := make(map[State]int, len(rows))
	for _, r := range rows {
		tally[r.State] = r.N
	}
	return tally, nil
}

type listRow struct {
	ID          ID
	Number      string
	State       State
	Name        string
	Email       string
	Currency    string
	ValidUntil  *time.Time
	CreatedAt   time.Time
	Total       decimal.Decimal
	Pieces      int
	OrderNumber string
}

func (r *listRow) row(today time.Time) (Row, error) {
	cur, err := money.ParseCurrency(r.Currency)
	if err != nil {
		return Row{}, fmt.Errorf("read quote %s: %w", r.Number, err)
	}
	row := Row{ID: r.ID, Number: r.Number, State: r.State, Name: r.Name, Email: r.Email, Total: money.New(r.Total, cur), Pieces: r.Pieces,
		Until: r.ValidUntil, Order: r.OrderNumber, CreatedAt: r.CreatedAt.UTC()}
	if r.ValidUntil != nil {
		row.State = row.State.at(today, *r.ValidUntil)
	}
	return row, nil
}
