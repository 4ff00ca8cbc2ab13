package bulk

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/catalog"
)

// Result is what an operation makes of an article.
type Result struct {
	After  *catalog.Product
	Counts map[int]int // pieces there are to be, by the place of the variant
	Fields []Field     // what differs; none where the article stays as it is
}

// Field is one thing that differs. Texts are those stored, a price "12.40", a state "draft".
type Field struct {
	SKU    string // of the variant; "" for the article
	Name   string // "price", "compare_at", "rule", "stock", "low_at", "state", "tax_class", "family"
	Before string
	After  string
}

// Refusals of an article.
var (
	// ErrUncounted: none of the variants has its pieces counted.
	ErrUncounted = fault.New(fault.Conflict, "bulk.error.uncounted")
	// ErrShort: there would be fewer than no pieces.
	ErrShort = fault.New(fault.Conflict, "bulk.error.short") // sku
)

// Apply is the operation on one article, which itself is not altered. The operation has passed Check.
//
// Errors: ErrUncounted, ErrShort; Malformed with what catalog.Product.Check says of the article as it would be.
func (o Operation) Apply(p *catalog.Product) (Result, error) {
	after := *p
	after.Variants = slices.Clone(p.Variants)
	r := Result{After: &after}
	var err error
	switch o.Kind {
	case Price:
		o.prices(&r)
	case Cross:
		o.cross(&r)
	case Stock:
		err = o.stock(&r)
	case LowAt:
		o.lowAt(&r)
	case State:
		r.text("state", (*string)(&after.State), o.To)
	case Tax:
		r.text("tax_class", &after.TaxClass, o.To)
	case Family:
		o.family(&r)
	}
	if err != nil || len(r.Fields) == 0 {
		return r, err
	}
	return r, after.Check()
}

func (r *Result) note(sku, name, before, after string) {
	r.Fields = append(r.Fields, Field{SKU: sku, Name: name, Before: before, After: after})
}

func (r *Result) text(name string, at *string, to string) {
	if *at != to {
		r.note("", name, *at, to)
		*at = to
	}
}

func (o Operation) cross(r *Result) {
	for i := range r.After.Variants {
		v := &r.After.Variants[i]
		if o.How == None {
			r.compare(v, nil)
		} else {
			r.compare(v, &v.Price)
		}
	}
}

// compare sets the crossed-out price of a variant.
func (r *Result) compare(v *catalog.Variant, to *decimal.Decimal) {
	if same(v.CompareAt, to) {
		return
	}
	r.note(v.SKU, "compare_at", written(v.CompareAt), written(to))
	if v.CompareAt = nil; to != nil {
		n := *to
		v.CompareAt = &n
	}
}

func (o Operation) stock(r *Result) error {
	n, counted := int(o.Number.IntPart()), false
	for i := range r.After.Variants {
		v := &r.After.Variants[i]
		if !v.Tracked {
			continue
		}
		counted = true
		to := n
		if o.How == Add {
			to += v.OnHand
		}
		if to < 0 {
			return ErrShort.With(fault.Args{"sku": v.SKU, "n": v.OnHand})
		}
		if to == v.OnHand {
			continue
		}
		r.note(v.SKU, "stock", strconv.Itoa(v.OnHand), strconv.Itoa(to))
		if r.Counts == nil {
			r.Counts = map[int]int{}
		}
		r.Counts[i] = to
	}
	if !counted {
		return ErrUncounted
	}
	return nil
}

func (o Operation) lowAt(r *Result) {
	n := int(o.Number.IntPart())
	for i := range r.After.Variants {
		if v := &r.After.Variants[i]; v.LowAt != n {
			r.note(v.SKU, "low_at", strconv.Itoa(v.LowAt), strconv.Itoa(n))
			v.LowAt = n
		}
	}
}

// In and Out are what a field "family" says.
const (
	In  = "in"
	Out = "out"
)

// family ties the article to a family or takes it off. The first family of an article is its main one.
func (o Operation) family(r *Result) {
	p := r.After
	has := slices.Contains(p.Nodes, o.Node)
	switch {
	case o.How == Add && !has:
		r.note("", "family", Out, In)
		if p.Nodes = append(slices.Clone(p.Nodes), o.Node); p.MainNode.IsZero() {
			p.MainNode = o.Node
		}
	case o.How == Remove && has:
		r.note("", "family", In, Out)
		p.Nodes = slices.DeleteFunc(slices.Clone(p.Nodes), func(n catalog.NodeID) bool { return n == o.Node })
		if p.MainNode == o.Node {
			p.MainNode = catalog.NodeID{}
		}
	}
}

func same(a, b *decimal.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

func written(n *decimal.Decimal) string {
	if n == nil {
		return ""
	}
	return n.String()
}
