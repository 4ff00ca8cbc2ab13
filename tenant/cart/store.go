package cart

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
)

type cartRow struct {
	ID         ID
	CustomerID customer.ID
	Lines      []byte
	Removed    []byte
	Checkout   []byte
	Locale     i18n.Locale
	Display    string
	Rev        int
	UpdatedAt  time.Time
	ExpiresAt  time.Time
}

// typed is the JSON column checkout.
type typed struct {
	Choices
	Codes []string `json:"codes,omitempty"`
}

const columns = "id, customer_id, lines, removed, checkout, locale, display, rev, updated_at, expires_at"

func (r cartRow) cart() (*Cart, error) {
	c := &Cart{ID: r.ID, Customer: r.CustomerID, Locale: r.Locale, Display: r.Display, Rev: r.Rev,
		UpdatedAt: r.UpdatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC()}
	if err := json.Unmarshal(r.Lines, &c.Lines); err != nil {
		return nil, fmt.Errorf("read cart %s: %w", r.ID, err)
	}
	if len(r.Removed) > 0 {
		if err := json.Unmarshal(r.Removed, &c.Undo); err != nil {
			return nil, fmt.Errorf("read cart %s: %w", r.ID, err)
		}
	}
	var typed typed
	if err := json.Unmarshal(r.Checkout, &typed); err != nil {
		return nil, fmt.Errorf("read cart %s: %w", r.ID, err)
	}
	c.Choices, c.Codes = typed.Choices, typed.Codes
	return c, nil
}

// Find reads the visitor's cart; nil when he has none. A customer's cart is his alone: it is found
// by who he is before any token, and no token opens it for somebody else.
func Find(tx tenant.Tx, r Reader) (*Cart, error) { return find(tx, r, "") }

// Lock is Find for a cart that is about to be changed.
func Lock(tx tenant.Tx, r Reader) (*Cart, error) { return find(tx, r, forUpdate) }

const forUpdate = " for update"

// A guest is looked for by his token's digest ($2), which is unique. A customer ($3) has his own cart
// or, when he has just signed in and has none yet, the one behind his token. Two statements, because
// one for both cannot use the index of either well.
const (
	guestSQL = "select " + columns + ` from carts
		where order_id is null and expires_at > $1 and customer_id is null and digest = $2`
	customerSQL = "select " + columns + ` from carts
		where order_id is null and expires_at > $1 and (customer_id = $3 or customer_id is null and digest = $2)
		order by customer_id nulls last, updated_at desc limit 1`
)

func find(tx tenant.Tx, r Reader, lock string) (*Cart, error) {
	sql, args := r.question(tx.Now())
	if sql == "" {
		return nil, nil
	}
	return scanCart(tx.Raw().QueryRow(tx.Context(), sql+lock, args...))
}

// question is the statement that finds the reader's cart, "" when he can have none.
func (r Reader) question(now time.Time) (sql string, args []any) {
	switch {
	case !r.Customer.IsZero():
		return customerSQL, []any{now, digest(r.Token), r.Customer}
	case r.Token != "":
		return guestSQL, []any{now, digest(r.Token)}
	}
	return "", nil
}

// scanCart reads the row of a cart, nil for none.
func scanCart(found pgx.Row) (*Cart, error) {
	var row cartRow
	err := found.Scan(&row.ID, &row.CustomerID, &row.Lines, &row.Removed,
		&row.Checkout, &row.Locale, &row.Display, &row.Rev, &row.UpdatedAt, &row.ExpiresAt)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read cart: %w", err)
	}
	return row.cart()
}

// lockGuest locks the cart behind a token that belongs to nobody yet; nil when there is none.
func lockGuest(tx tenant.Tx, t Token) (*Cart, error) {
	return find(tx, Reader{Token: t}, forUpdate)
}

// create writes a new cart and gives the token that opens it.
func create(tx tenant.Tx, c *Cart) (Token, error) {
	token := Token(secret.Token())
	lines, undo, choices, err := c.documents()
	if err != nil {
		return "", err
	}
	_, err = tx.Raw().Exec(tx.Context(), `insert into carts (id, digest, customer_id, lines, removed, checkout, locale,
			display, created_at, updated_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)`,
		c.ID, digest(token), c.Customer, lines, undo, choices, c.Locale, c.Display, tx.Now(), tx.Now().Add(Life))
	if err != nil {
		return "", fmt.Errorf("write cart: %w", err)
	}
	return token, nil
}

// save writes a cart that is locked, and lets it live anew.
func save(tx tenant.Tx, c *Cart) error {
	lines, undo, choices, err := c.documents()
	if err != nil {
		return err
	}
	_, err = tx.Raw().Exec(tx.Context(), `update carts set customer_id = $2, lines = $3, removed = $4, checkout = $5,
			locale = $6, display = $7, rev = rev + 1, updated_at = $8, expires_at = $9 where id = $1`,
		c.ID, c.Customer, lines, undo, choices, c.Locale, c.Display, tx.Now(), tx.Now().Add(Life))
	if err != nil {
		return fmt.Errorf("write cart: %w", err)
	}
	return nil
}

// remove deletes a cart whose lines went into another.
func remove(tx tenant.Tx, c ID) error {
	if err := tx.DB().Exec("delete from carts where id = ?", c).Error; err != nil {
		return fmt.Errorf("remove cart: %w", err)
	}
	return nil
}

// CloseSQL makes a cart ($1) an order ($2) at $3. The token opens it no more and nothing that was
// typed is kept, so that only the order knows the buyer.
const CloseSQL = `update carts set order_id = $2, digest = uuid_send(id), checkout = '{}', removed = null,
	rev = rev + 1, updated_at = $3 where id = $1`

// Clean forgets carts nobody has touched for Life, for the nightly broom.
func Clean(tx tenant.Tx) error {
	if err := tx.DB().Exec("delete from carts where expires_at <= ?", tx.Now()).Error; err != nil {
		return fmt.Errorf("clean carts: %w", err)
	}
	return nil
}

// documents are the JSON columns.
func (c *Cart) documents() (lines string, undo *string, choices string, err error) {
	if c.Lines == nil {
		c.Lines = []Line{}
	}
	l, err := json.Marshal(c.Lines)
	if err != nil {
		return "", nil, "", fmt.Errorf("write cart: %w", err)
	}
	if c.Undo != nil {
		u, err := json.Marshal(c.Undo)
		if err != nil {
			return "", nil, "", fmt.Errorf("write cart: %w", err)
		}
		text := string(u)
		undo = &text
	}
	ch, err := json.Marshal(typed{c.Choices, c.Codes})
	if err != nil {
		return "", nil, "", fmt.Errorf("write cart: %w", err)
	}
	return string(l), undo, string(ch), nil
}

func digest(t Token) []byte {
	b, err := hex.DecodeString(secret.Digest(string(t)))
	if err != nil {
		panic(err) // Digest promises hexadecimal
	}
	return b
}

// fresh is an empty cart for a reader.
func fresh(r Reader) *Cart {
	return &Cart{ID: id.New[Cart](), Customer: r.Customer, Locale: r.Locale, Display: r.Display}
}
