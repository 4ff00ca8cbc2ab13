package discounts

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

// laneModel is one lane with its rules, those that win first.
type laneModel struct {
	Lane   string
	Places []placeModel
}

type placeModel struct {
	Name, Href, Sentence, Against string
	Priority, Combine, Group      ui.Field
}

// order shows how discounts are combined: which has its turn when, and who stands against whom (DSC-09).
func (d *Desk) order(c echo.Context) error {
	v := desk.Here(c)
	k, err := read(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	values := url.Values{}
	for _, s := range k.placed() {
		values.Set("priority."+s.ID, strconv.Itoa(s.Priority))
		values.Set("combine."+s.ID, string(s.Combine))
		values.Set("group."+s.ID, s.Group)
	}
	return k.showOrder(c, http.StatusOK, ui.Asked(values))
}

// placed are the discounts that have a place among the others.
func (k *known) placed() []*promotion.Stored {
	var list []*promotion.Stored
	for i := range k.rules {
		if s := &k.rules[i]; !s.Archived && s.Broken == nil {
			list = append(list, s)
		}
	}
	return list
}

func (k *known) showOrder(c echo.Context, status int, a ui.Answers) error {
	v := desk.Here(c)
	s := sheet.New(v, words, a)
	var lanes []laneModel
	for _, lane := range promotion.Lanes() {
		m := laneModel{Lane: lane}
		for _, p := range k.placed() {
			if promotion.Lane(&p.Rule) == lane {
				m.Places = append(m.Places, k.place(s, p))
			}
		}
		lanes = append(lanes, m)
	}
	return desk.Show(c, status, orderPage(s, lanes))
}

func (k *known) place(s sheet.Sheet, p *promotion.Stored) placeModel {
	named := func(f ui.Field, name string) ui.Field {
		f.Name = name + "." + p.ID
		return s.Fill(f)
	}
	plain := sheet.New(s.Visit, words, ui.Answers{})
	short := func(f ui.Field) ui.Field {
		f.Help = ""
		return f
	}
	return placeModel{
		Name: k.name(s.Visit, &p.Rule), Href: s.Visit.Href("discounts/" + p.ID), Sentence: k.sentence(s.Visit, p), Against: k.against(s, p),
		Priority: named(plain.Field("priority"), "priority"), Combine: named(short(plain.Choice("combine", "", "no_coupons", "all", "alone")), "combine"),
		Group: named(plain.Field("group"), "group"),
	}
}

// against says which other discounts a rule is not given together with.
func (k *known) against(s sheet.Sheet, p *promotion.Stored) string {
	switch p.Combine {
	case discount.WithAll:
		return s.T("against.none")
	case discount.Alone:
		return s.T("against.all")
	case discount.ByGroup, discount.NoCoupons:
	}
	var names []string
	for _, other := range k.placed() {
		if other.ID != p.ID && group(&other.Rule) == group(&p.Rule) {
			names = append(names, k.name(s.Visit, &other.Rule))
		}
	}
	key, args := "against.group", ui.Args{"names": strings.Join(names, ", ")}
	if len(names) == 0 {
		key = "against.nobody"
	}
	if p.Combine == discount.NoCoupons {
		return s.T(key, args) + " " + s.T("against.coupons")
	}
	return s.T(key, args)
}

// group is what two rules must have in common to stand against each other, as package discount says:
// the name they give, or their lane; a word of its own for rules that stand against none or all.
func group(r *discount.Rule) string {
	switch {
	case r.Combine == discount.WithAll || r.Combine == discount.Alone:
		return "rule:" + r.ID
	case r.Group != "":
		return r.Group
	case r.IsCoupon():
		return "lane:coupon"
	}
	return "lane:" + promotion.Lane(r)
}

type orderForm struct {
	Priority map[string]string `form:"priority"`
	Combine  map[string]string `form:"combine"`
	Group    map[string]string `form:"group"`
}

// saveOrder gives all rules their places, or none.
func (d *Desk) saveOrder(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[orderForm](c)
	if err != nil {
		return err
	}
	k, err := read(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	var check form.Checker
	var places []promotion.Place
	for _, p := range k.placed() {
		if _, sent := f.Priority[p.ID]; !sent {
			continue // added in another window
		}
		places = append(places, promotion.Place{ID: id.MustParse[discount.Rule](p.ID), Group: f.Group[p.ID], Combine: discount.Combine(f.Combine[p.ID]),
			Priority: check.Int("priority."+p.ID, f.Priority[p.ID], -maxPriority, maxPriority)})
	}
	if err = check.Err(); err == nil {
		err = promotion.Arrange(c.Request().Context(), v.Shop, v.Actor(), places)
	}
	if desk.Repairable(err) {
		return k.showOrder(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "discounts/order", "discounts.saved", nil)
}
