package bench

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
)

const (
	// manyTimes is how much larger the larger of the two catalogues is.
	manyTimes = 100
	// listsAsked is how many lists of each are asked for, each by every kind of reader, for the first time.
	listsAsked = 120
	// deepest is the last page of a list people leaf to.
	deepest = 3
	// rulesEvery is how often an article has prices of its own for profiles.
	rulesEvery = 10
)

// readers are the profiles and currencies a list is asked for in.
var (
	readers    = []profile.Code{"", "b2b", "school", "club", "eu"}
	currencies = []string{"", "USD", "CHF", "JPY"}
)

// priceLists compares lists of 24 articles in a large and a small catalogue, for readers of five profiles in four
// currencies, every list asked for the first time: what an article costs whom must not depend on how many there are.
func priceLists(ctx context.Context, r *rig) ([]Row, error) {
	many := 10 * r.o.Articles
	full := perPage * branches * leaves // one full page in every family: a last page of one article is no comparison
	few := max(1, many/manyTimes/full) * full
	small, err := r.listLaps(ctx, "few", few)
	if err != nil {
		return nil, err
	}
	large, err := r.listLaps(ctx, "many", many)
	if err != nil {
		return nil, err
	}
	return []Row{{
		Measure: fmt.Sprintf("list of %d for %d profiles in %d currencies, p95 with %d articles", perPage, len(readers), len(currencies), many),
		Ours:    lap(percentile(large, 0.95)), Reference: lap(percentile(small, 0.95)), Against: "with " + strconv.Itoa(few), Goal: ratioAtMost(1.5),
		Note: fmt.Sprintf("%d pages of lists, each made anew for each of the %d kinds of readers, through the whole stack; one article in %d has prices for profiles, one family a discount. Half took up to %.1f and %.1f ms, the slowest, which find the articles for all readers, %.0f and %.0f ms.",
			listsAsked, len(readers)*len(currencies), rulesEvery, milliseconds(percentile(large, 0.5)), milliseconds(percentile(small, 0.5)),
			milliseconds(large[len(large)-1]), milliseconds(small[len(small)-1])),
	}}, nil
}

// listLaps fills a shop and asks for its lists.
func (r *rig) listLaps(ctx context.Context, slug string, articles int) ([]time.Duration, error) {
	r.say("  %d articles", articles)
	s := &stall{}
	var err error
	if s.row, s.shop, err = r.openShop(ctx, slug); err != nil {
		return nil, err
	}
	if err := r.settle(ctx, s); err != nil {
		return nil, err
	}
	if _, err := r.bring(ctx, s.shop, "L", articles, false); err != nil {
		return nil, err
	}
	if err := s.look(ctx, min(articles, deepest*perPage*branches*leaves)); err != nil {
		return nil, err
	}
	if err := s.tellApart(ctx); err != nil {
		return nil, err
	}
	if err := r.analyse(ctx, s.row.Schema.String()); err != nil {
		return nil, err
	}
	kinds := len(readers) * len(currencies)
	laps := make([]time.Duration, 0, listsAsked*kinds)
	for i := -1; i < listsAsked*kinds; i++ {
		get, err := r.inside(ctx, r.app, s.row, s.list(i), reader(max(i, 0))...)
		if err != nil {
			return nil, err
		}
		watch := startWatch()
		if err := get(); err != nil {
			return nil, err
		}
		if i >= 0 { // the first page reads what all share
			laps = append(laps, watch.elapsed())
		}
	}
	slices.Sort(laps)
	return laps, nil
}

// list is the list of the n-th asking: all readers ask for one, then for another of another family.
func (s *stall) list(n int) string {
	if n < 0 {
		return "/"
	}
	each := len(s.families) / (branches * leaves) // pages of one family
	at := n / (len(readers) * len(currencies))
	return s.families[at*each%len(s.families)+at%each]
}

// reader is the n-th reader: profiles and currencies take turns, so that no list is asked for twice alike.
func reader(n int) []*http.Cookie {
	var said []*http.Cookie
	if who := readers[n%len(readers)]; who != "" {
		said = append(said, &http.Cookie{Name: "profile", Value: string(who)})
	}
	if in := currencies[n/len(readers)%len(currencies)]; in != "" {
		said = append(said, &http.Cookie{Name: "currency", Value: in})
	}
	return said
}

// tellApart gives the shop profiles, currencies, a discount, and every so many articles prices of their own.
func (s *stall) tellApart(ctx context.Context) error {
	err := s.shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := settings.Load(tx)
		if err != nil {
			return err
		}
		doc := settings.Profiles{Choose: profile.Never, Profiles: []profile.Profile{
			{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, Names: i18n.Text{"fr": "Particuliers"}}}}
		for _, code := range readers[1:] {
			doc.Profiles = append(doc.Profiles, profile.Profile{Code: code, Kind: profile.KindPublic, Active: true, Names: i18n.Text{"fr": string(code)}, Goods: pricing.Net})
		}
		money := settings.Currencies{Management: now.Currencies.Management}
		for i, code := range currencies[1:] {
			money.Display = append(money.Display, settings.DisplayCurrency{Code: code, Rate: []string{"1.10", "0.95", "165"}[i], Active: true})
		}
		if err := settings.SaveIn(tx, clerk, doc, now.Rev(settings.NameProfiles)); err != nil {
			return err
		}
		return settings.SaveIn(tx, clerk, money, now.Rev(settings.NameCurrencies))
	})
	if err != nil {
		return fmt.Errorf("tell readers apart: %w", err)
	}
	return s.price(ctx)
}

func (s *stall) price(ctx context.Context) error {
	var found []*catalog.Product
	var top catalog.NodeID
	err := s.shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if found, err = catalog.ListAfter(tx, "", onSale); err != nil {
			return err
		}
		tree, err := catalog.ReadTree(tx)
		if err != nil {
			return err
		}
		families, _ := tree.Taxonomy(catalog.Families)
		top = tree.Top(families.ID)[0].ID
		return nil
	})
	if err != nil {
		return err
	}
	for i := 0; i < len(found); i += rulesEvery {
		p, err := catalog.Find(ctx, s.shop, found[i].ID)
		if err != nil {
			return err
		}
		for n, who := range readers[1:] {
			price := p.Variants[0].Price.Mul(decimal.New(int64(95-5*n), -2)).Round(2)
			p.Prices = append(p.Prices, pricelist.Rule{Profile: who, Price: &price})
		}
		if err := catalog.Save(ctx, s.shop, clerk, p); err != nil {
			return err
		}
	}
	_, err = promotion.Save(ctx, s.shop, clerk, promotion.Stored{Active: true, Rule: discount.Rule{Name: i18n.Text{"fr": "Soldes"},
		Off: discount.Off{Kind: discount.Rate, Rate: money.MustRate("10")}, Scope: discount.Scope{Of: discount.Families, Members: []string{top.String()}}}})
	return err
}
