package storefront

import (
	"slices"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/profile"
)

// sheet is what one page says about itself.
type sheet struct {
	template    string
	title       string
	description string
	kind        string // Open Graph type, "website" when ""
	image       *view.Image
	crumbs      []*view.Link // without the home page
	structured  []any
	// at is the page's address in a language.
	at func(links) string
	// keep is the part of the query that the other languages keep and the canonical address does not.
	keep string
	// in are the languages the page really exists in; nil for all of the shop.
	in []i18n.Locale
	// personal pages belong to one reader; hidden ones are for everybody, but not for search engines.
	personal, hidden bool
}

// site is what every page has.
func (v *visit) site(s sheet) view.Site {
	return view.Site{
		Shop:   v.shopView(s),
		Page:   v.pageView(s),
		Routes: v.routes(),
		Search: &view.SearchBox{URL: v.links.search(), Field: "q"},
		Flash:  v.flash,
	}
}

func (v *visit) shopView(s sheet) *view.Shop {
	me := v.settings().Identity
	shop := &view.Shop{
		Name: me.Name, Slogan: me.Slogan.In(v.locale(), v.main()), URL: v.links.home(), BaseURL: v.links.canonical,
		Locale: string(v.locale()), Currency: v.display.Currency.Code(), PricesShown: v.taxShown(),
		Menu: v.menu(), Footer: v.footer(),
		Contact: &view.Contact{Company: me.LegalName, Email: me.Email, Phone: me.Phone},
	}
	if me.Address.Line1 != "" {
		shop.Contact.Lines = address.Lines(me.Address, v.locale())
	}
	if logo := v.settings().Logo(); logo != nil {
		shop.Logo = v.picture(logo.Sizes, logo.Alt, me.Name)
	}
	for _, l := range v.locales() {
		shop.Locales = append(shop.Locales, view.LocaleLink{
			Code: string(l), Name: l.Name(), URL: s.at(v.links.in(l)) + s.keep, Current: l == v.locale()})
	}
	if len(shop.Locales) > 1 {
		remember := post(v.links.plain("/set/language"), "language", string(v.locale()), "back", v.back(s))
		shop.Remember = &remember
		shop.Offer = v.languageOffer(s)
	}
	shop.Currencies, shop.Profiles = v.currencies(s), v.profiles(s)
	return shop
}

// back is this page for a switch to come back to, without what is only of the moment.
func (v *visit) back(s sheet) string {
	if s.personal {
		return s.at(v.links)
	}
	return v.self()
}

// currencies is the switch of display currencies.
func (v *visit) currencies(s sheet) *view.Switch {
	displays := v.rules().Offered(v.now)
	if len(displays) < 2 {
		return &view.Switch{}
	}
	sw := &view.Switch{Field: "currency", Action: post(v.links.plain("/set/currency"), "back", v.back(s))}
	for _, d := range displays {
		code := d.Currency.Code()
		sw.Choices = append(sw.Choices, view.Choice{Value: code, Label: code, Selected: d.Currency == v.display.Currency})
	}
	return sw
}

// profiles is the switch between what a visitor may declare himself to be, where he is not asked anyway. A guest who
// came in with a shared code sees as whom, and leaves by any other choice; an account keeps what the merchant gave it.
func (v *visit) profiles(s sheet) *view.Switch {
	book := v.rules().Profiles
	private := v.profile.Kind == profile.KindPrivate
	if private && !v.profile.opened || !private && len(book.Public()) == 0 {
		return &view.Switch{}
	}
	sw := &view.Switch{Field: "profile", Action: post(v.links.plain("/set/profile"), "back", v.back(s))}
	if private {
		sw.Choices = append(sw.Choices, v.profileChoice(v.profile.Profile))
	}
	if private || book.Asks() == profile.Never {
		sw.Choices = append(sw.Choices, v.profileChoice(book.Find(profile.Anonymous)))
	}
	for _, p := range book.Public() {
		sw.Choices = append(sw.Choices, v.profileChoice(p))
	}
	return sw
}

func (v *visit) profileChoice(p *profile.Profile) view.Choice {
	return view.Choice{Value: string(p.Code), Selected: !v.profile.undecided && p.Code == v.profile.Code,
		Label: nameOr(p.Names.In(v.locale(), v.main()), v.say("storefront.profile_anonymous", nil))}
}

func (v *visit) pageView(s sheet) *view.Page {
	page := &view.Page{
		Template: s.template, Title: s.title, Description: s.description, Type: s.kind,
		Image: s.image, Structured: s.structured,
	}
	if page.Type == "" {
		page.Type = "website"
	}
	if len(s.crumbs) > 0 {
		home := &view.Link{Label: v.say("storefront.home", nil), URL: v.links.home()}
		page.Breadcrumbs = append([]*view.Link{home}, s.crumbs...)
		page.Breadcrumbs[len(page.Breadcrumbs)-1].Current = true
	}
	if s.personal || s.hidden {
		page.Robots = "noindex"
		return page
	}
	v.addresses(page, s)
	return page
}

// addresses names the page for search engines: its canonical address and those of its translations.
func (v *visit) addresses(page *view.Page, s sheet) {
	in := s.in
	if in == nil {
		in = v.locales()
	}
	own := v.locale()
	if len(in) > 0 && !slices.Contains(in, own) {
		own = in[0] // shown in another language's words: theirs is the page that counts
	}
	page.Canonical = v.links.absolute(s.at(v.links.in(own)))
	if len(in) < 2 {
		return
	}
	for _, l := range in {
		page.Alternates = append(page.Alternates, view.Alternate{Locale: string(l), URL: v.links.absolute(s.at(v.links.in(l)))})
	}
	if slices.Contains(in, v.main()) {
		page.Alternates = append(page.Alternates, view.Alternate{Locale: "x-default", URL: v.links.absolute(s.at(v.links.in(v.main())))})
	}
}

func (v *visit) routes() *view.Routes {
	return &view.Routes{
		Home: v.links.home(), Cart: v.links.cart(), Checkout: v.links.checkout(), Account: v.links.account(),
		SignIn: v.links.to("/account/sign-in"), Register: v.links.to("/account/register"),
		Contact: v.links.contact(), ContactPage: v.contactPageURL(), SiteMap: v.links.siteMap(), SecurePayment: v.links.secure(),
		Terms: v.pageURL(v.settings().Orders.TermsPageID), Privacy: v.pageURL(v.settings().Orders.PrivacyID),
	}
}

// contactPageURL is the address of the page about reaching the merchant that stands in the footer, ""
// for none.
func (v *visit) contactPageURL() string {
	for _, p := range v.face.pages {
		if p.Kind == content.Contact && p.Place == content.Footer {
			return v.links.content(v.pageText(p, v.links).Slug)
		}
	}
	return ""
}

// pageURL is the address of an information page, "" when there is none.
func (v *visit) pageURL(id string) string {
	p := v.face.page(id)
	if p == nil {
		return ""
	}
	return v.links.content(v.pageText(p, v.links).Slug)
}

// taxShown says on which side prices are shown; "" for a shop that charges no tax.
func (v *visit) taxShown() string {
	if !v.settings().Tax.Registered {
		return ""
	}
	return string(v.sides.Goods)
}

// post is a button's form: hidden fields as name, value, name, value …
func post(url string, hidden ...string) view.Action {
	a := view.Action{URL: url}
	for i := 0; i+1 < len(hidden); i += 2 {
		a.Hidden = append(a.Hidden, view.Hidden{Name: hidden[i], Value: hidden[i+1]})
	}
	return a
}
