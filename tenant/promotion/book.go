package promotion

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/settings"
)

// Book is the rules of a shop that are switched on and not over, ready to run. Shared: never alter it.
type Book struct {
	*discount.Rules
	// shelf tells whether a rule without a code takes something off articles on the shelf.
	shelf bool
	// issued tells whether a rule has codes for one use.
	issued bool
	// counted are the rules with a limit; asks tells whether one of the rules that are given without a
	// code wants to know something of the buyer, asksCode the same of those with one.
	counted        []string
	asks, asksCode bool
	used           map[string]discount.Uses // of rules with a limit in all, when the book was read
	changes        []time.Time
	memory         *Memory
}

// Read reads the book, from memory when nothing has changed.
func Read(tx tenant.Tx) (*Book, error) {
	return tenant.Memo(tx, "promotion", func(tx tenant.Tx) (*Book, error) {
		c, err := current(tx)
		if err != nil {
			return nil, err
		}
		return c.bind(tx)
	})
}

// ReadWith is the book as it would be if a rule were switched on as it is given, in place of the stored
// rule of its ID. It is for trying things out.
func ReadWith(tx tenant.Tx, draft discount.Rule) (*Book, error) {
	c, err := current(tx)
	if err != nil {
		return nil, err
	}
	c.rules = append(slices.DeleteFunc(c.rules, func(r discount.Rule) bool { return r.ID == draft.ID }), draft)
	if draft.Scope.Of == discount.Families {
		if err := c.grow(tx, draft.Scope.Members); err != nil {
			return nil, err
		}
	}
	return c.bind(tx)
}

// content is what a book is made of.
type content struct {
	rules []discount.Rule // those that are on and not over
	ever  []discount.Rule // all that were on in the past, and are, each since it was as it is
	tree  discount.Tree
	used  map[string]discount.Uses
}

// current opens the rules in force, which come with the settings.
func current(tx tenant.Tx) (*content, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	c := &content{tree: discount.Tree{}, used: map[string]discount.Uses{}}
	for _, doc := range s.Discounts() {
		var row struct {
			Rule  json.RawMessage
			Above map[string]*string
			Used  *int64
			Live  bool
			Since *time.Time
			Past  []json.RawMessage
		}
		if err := json.Unmarshal(doc, &row); err != nil {
			return nil, fmt.Errorf("read discount: %w", err)
		}
		c.plant(row.Above)
		for _, doc := range row.Past {
			var was discount.Rule
			if json.Unmarshal(doc, &was) == nil {
				c.ever = append(c.ever, was)
			}
		}
		var r discount.Rule
		if json.Unmarshal(row.Rule, &r) != nil {
			continue // see Stored.Broken
		}
		if row.Since != nil {
			c.ever = append(c.ever, since(r, *row.Since))
		}
		if !row.Live {
			continue
		}
		c.rules = append(c.rules, r)
		if row.Used != nil {
			c.used[r.ID] = discount.Uses{Total: *row.Used}
		}
	}
	return c, nil
}

// plant adds families to the tree, each with its parent, nil for none.
func (c *content) plant(parents map[string]*string) {
	for family, parent := range parents {
		c.tree[family] = ""
		if parent != nil {
			c.tree[family] = *parent
		}
	}
}

// grow adds families and what is above them to the tree.
func (c *content) grow(tx tenant.Tx, families []string) error {
	var above []byte
	err := tx.Raw().QueryRow(tx.Context(), `select jsonb_object_agg(above.id, above.parent_id)
		from nodes n cross join unnest(n.path) step join nodes above on above.id = step
		where n.id::text = any($1)`, families).Scan(&above)
	if err != nil {
		return fmt.Errorf("read families of a discount: %w", err)
	}
	if len(above) == 0 {
		return nil
	}
	var parents map[string]*string
	if err := json.Unmarshal(above, &parents); err != nil {
		return fmt.Errorf("read families of a discount: %w", err)
	}
	c.plant(parents)
	return nil
}

// bind compiles what makes sense of the rules.
func (c *content) bind(tx tenant.Tx) (*Book, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	b := &Book{used: c.used}
	kept := make([]discount.Rule, 0, len(c.rules))
	for i := range c.rules {
		if r := &c.rules[i]; r.Check(s.Rules().Currency) == nil {
			kept = append(kept, *r)
			b.note(r)
		}
	}
	b.Rules, err = discount.Compile(s.Rules().Currency, kept, c.tree)
	if err != nil {
		return nil, fmt.Errorf("compile discounts: %w", err)
	}
	if b.memory, err = remembering(s.Rules().Currency, c.ever, c.tree); err != nil {
		return nil, fmt.Errorf("compile past discounts: %w", err)
	}
	return b, nil
}

func (b *Book) note(r *discount.Rule) {
	b.shelf = b.shelf || Lane(r) == "goods"
	b.issued = b.issued || r.Issued
	if r.Limits != (discount.Limits{}) {
		b.counted = append(b.counted, r.ID)
	}
	if r.FirstOrder || r.Limits != (discount.Limits{}) {
		if r.IsCoupon() {
			b.asksCode = true
		} else {
			b.asks = true
		}
	}
	for _, t := range []time.Time{r.From, r.Until} {
		if !t.IsZero() {
			b.changes = append(b.changes, t)
		}
	}
}

// Nobody is the steps for a visitor of whom nothing is known: what lists and articles show.
func (b *Book) Nobody() discount.Steps { return b.With(discount.Facts{Uses: b.used}) }

// OnShelf tells whether a rule may take something off the price of an article in a list.
func (b *Book) OnShelf() bool { return b.shelf }

// Changes are the instants at which a rule begins or ends.
func (b *Book) Changes() []time.Time { return b.changes }

// Memory is what discounts took off articles before now.
func (b *Book) Memory() *Memory { return b.memory }
