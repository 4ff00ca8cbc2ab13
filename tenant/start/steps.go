package start

import (
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/settings"
)

// Steps is how far a shop has come on its way to the first sale, as facts.
type Steps struct {
	Asked     bool    `gorm:"-"` // the questions were put
	Answers   Answers `gorm:"-"`
	Named     bool    // name, mail address and postal address of the seller are known
	Articles  int     // not archived
	Published int
	Shipping  int // active modes
	Payment   int // active modes
	RealMoney int // active modes that are no test
	ByCash    int // of these, paid to the carrier
	// Prepared is the first way to pay that lacks only what the merchant knows; "" when none does.
	Prepared string
	Terms    bool
	Privacy  bool
	Legal    bool // a page with the legal notice
	// Unwritten: a law page still has a [gap to fill in] in a language the shop offers.
	Unwritten bool
	Orders    int
}

// Lawful tells whether the pages that every shop must show are there and written: the first ones come
// with gaps that only the merchant can fill, and say nothing about a seller without a name.
func (s Steps) Lawful() bool { return s.Terms && s.Privacy && s.Legal && s.Named && !s.Unwritten }

// gap is what the merchant is to replace by his own words, in brackets. "[1]" is a note.
const gap = `\[[^][]*[[:alpha:]]{2}[^][]*\]`

// Read looks at the shop.
func Read(tx tenant.Tx) (Steps, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return Steps{}, err
	}
	var steps Steps
	err = tx.DB().Raw(`select
		(select count(*) from products where state <> 'archived') as articles,
		(select count(*) from products where state = 'published') as published,
		(select count(*) from shipping_modes where active) as shipping,
		(select count(*) from payment_modes where active) as payment,
		(select count(*) from payment_modes where active and not test) as real_money,
		(select count(*) from payment_modes where active and not test and kind = ?) as by_cash,
		coalesce((select id::text from payment_modes where not active and rev = 1 and config = '{}' and kind <> ? order by position limit 1), '') as prepared,
		exists (select from pages where id::text = ? and visible) as terms,
		exists (select from pages where id::text = ? and visible) as privacy,
		exists (select from pages where kind = 'legal' and visible and id::text not in (?, ?)) as legal,
		exists (select from pages p join page_texts t on t.page_id = p.id
			where p.visible and (p.kind = 'legal' or p.id::text in (?, ?)) and t.locale in ? and t.title || t.body ~ ?) as unwritten,
		(select count(*) from (select from orders limit 1) o) as orders`,
		offline.Cash{}.Key(), offline.Cash{}.Key(), s.Orders.TermsPageID, s.Orders.PrivacyID, s.Orders.TermsPageID, s.Orders.PrivacyID,
		s.Orders.TermsPageID, s.Orders.PrivacyID, s.Languages.Offered, gap).Scan(&steps).Error
	if err != nil {
		return Steps{}, fmt.Errorf("read first steps: %w", err)
	}
	steps.Answers, steps.Asked, err = read(tx)
	who := s.Identity
	steps.Named = who.LegalName != "" && who.Email != "" && who.Address.Line1 != "" && who.Address.City != ""
	return steps, err
}
