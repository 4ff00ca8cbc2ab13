package liquid

import (
	"errors"

	"echoppe.dev/platform/driver/liquid/value"
)

var (
	errNoForm = errors.New("there are no forms here")
	errBy     = errors.New("the number of elements on a page is no whole number above 0")
)

type formNode struct {
	args  []expr
	names []string
	slot  int // of the variable form
	body  block
}

func (n *formNode) render(r *Run) flow {
	if r.env.Form == nil {
		r.fail(errNoForm)
		return halt
	}
	c := r.prepare(n.args, n.names)
	form := r.env.Form(c)
	r.finish()
	if r.err != nil {
		return halt
	}
	at := r.frame.base + n.slot
	before := r.stack[at]
	r.stack[at] = form
	f := n.body.render(r)
	r.stack[at] = before
	r.write("</form>")
	return f
}

// paginateNode makes a variable of the part of a list that is on the page.
type paginateNode struct {
	over, by, window expr
	items, paginate  int // variables
	body             block
}

func (n *paginateNode) render(r *Run) flow {
	list := n.over.eval(r)
	by, ok := r.whole(n.by, 0, errBy)
	if !ok || by < 1 {
		r.fail(errBy)
		return halt
	}
	window := 3
	if n.window != nil {
		if window, ok = r.whole(n.window, window, errBy); !ok {
			return halt
		}
	}
	total := list.Len()
	p := &pages{run: r, total: total, by: by, window: min(max(window, 1), 20), count: max(1, (total+by-1)/by)}
	p.page = min(max(r.env.Page, 1), p.count)
	from := (p.page - 1) * by
	base := r.frame.base
	r.stack[base+n.items] = list.Slice(from, min(total, from+by))
	r.stack[base+n.paginate] = value.OfDrop(p)
	f := n.body.render(r)
	r.stack[base+n.items], r.stack[base+n.paginate] = value.UnsetValue, value.UnsetValue
	return f
}

// pages is the variable paginate.
type pages struct {
	run                            *Run
	total, by, page, count, window int
}

// Property is a property of paginate.
func (p *pages) Property(name string) (value.Value, bool) {
	switch name {
	case "current_page":
		return value.OfInt(p.page), true
	case "current_offset":
		return value.OfInt((p.page - 1) * p.by), true
	case "items":
		return value.OfInt(p.total), true
	case "page_size":
		return value.OfInt(p.by), true
	case "pages":
		return value.OfInt(p.count), true
	case "parts":
		return p.parts(), true
	case "previous":
		return p.step(p.page - 1), true
	case "next":
		return p.step(p.page + 1), true
	}
	return value.None, false
}

func (p *pages) step(to int) value.Value {
	if to < 1 || to > p.count {
		return value.None
	}
	return p.part(value.OfInt(to), to)
}

// part is a link to a page, or no link for the one the reader is on and for the gap between.
func (p *pages) part(title value.Value, to int) value.Value {
	d := value.NewDictionary(3)
	d.Set("title", title)
	link := to > 0 && to != p.page
	d.Set("is_link", value.OfBool(link))
	if link && p.run.env.PageURL != nil {
		d.Set("url", value.OfText(p.run.env.PageURL(to)))
	}
	return value.OfDict(d)
}

// parts are the first and the last page, and those around the one the reader is on, with gaps between.
func (p *pages) parts() value.Value {
	var list []value.Value
	gap := false
	for i := 1; i <= p.count; i++ {
		if i != 1 && i != p.count && (i < p.page-p.window || i > p.page+p.window) {
			if i < p.page {
				i = p.page - p.window - 1
			} else {
				i = p.count - 1
			}
			gap = true
			continue
		}
		if gap {
			list, gap = append(list, p.part(value.OfText("…"), 0)), false
		}
		list = append(list, p.part(value.OfInt(i), i))
	}
	return value.OfList(list)
}
