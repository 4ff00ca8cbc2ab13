package storefront

import (
	"strconv"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
)

// around is how many page numbers stand on each side of the present one.
const around = 2

// listPage is the page of a list the address asks for; 0 when it asks for none.
func (v *visit) listPage() int {
	n, err := strconv.Atoi(v.query.Get("page"))
	if err != nil {
		return 0
	}
	return min(max(n, 1), catalog.MaxPage)
}

// listPageURL is the address of another page of what a theme divides into pages by itself, relative to this one.
func (v *visit) listPageURL(n int) string {
	fields := v.but("page")
	if n > 1 {
		fields.Set("page", strconv.Itoa(n))
	}
	return "?" + fields.Encode()
}

// pagination is where in a list the page is; the first and the last page are always within reach.
func (v *visit) pagination(base string, q catalog.Query, total int) *view.Pagination {
	link := func(n int) string {
		fields := v.but("page")
		if n > 1 {
			fields.Set("page", strconv.Itoa(n))
		}
		return withQuery(base, fields)
	}
	return paginate(q.Page, q.PerPage, total, link)
}

func paginate(page, per, total int, link func(int) string) *view.Pagination {
	count := max(1, min((total+per-1)/per, catalog.MaxPage))
	p := &view.Pagination{Page: page, Count: count, Total: total}
	if total > 0 {
		p.First, p.Last = (page-1)*per+1, min(page*per, total)
	}
	if page > 1 {
		p.Prev = link(page - 1)
	}
	if page < count {
		p.Next = link(page + 1)
	}
	gap := false
	for n := 1; n <= count; n++ {
		if n != 1 && n != count && (n < page-around || n > page+around) {
			if !gap {
				p.Items = append(p.Items, view.PageLink{})
			}
			gap = true
			continue
		}
		gap = false
		item := view.PageLink{Number: n, URL: link(n), Current: n == page}
		p.Items = append(p.Items, item)
	}
	return p
}
