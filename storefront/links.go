package storefront

import (
	"net/url"
	"strings"

	"echoppe.dev/platform/kit/i18n"
)

// links writes the addresses of one shop in one language, as paths of the present origin.
type links struct {
	base      string // "/demo.shop", or "" on an origin of the shop's own
	canonical string // the shop's canonical address, without a final slash
	locale    i18n.Locale
	main      i18n.Locale // the language without prefix
}

// in is the same shop in another language.
func (l links) in(locale i18n.Locale) links {
	l.locale = locale
	return l
}

// to is the address of a path of the shop in this language.
func (l links) to(path string) string { return l.base + l.path(path) }

// absolute is the canonical address of what to gives: the same for every way to the shop.
func (l links) absolute(address string) string {
	return l.canonical + strings.TrimPrefix(address, l.base)
}

func (l links) path(path string) string {
	if l.locale == l.main {
		return path
	}
	return "/" + string(l.locale) + path
}

func (l links) under(folder, slug string) string { return l.to(folder + url.PathEscape(slug)) }

func (l links) home() string                 { return l.to("/") }
func (l links) product(slug string) string   { return l.under("/product/", slug) }
func (l links) family(slug string) string    { return l.under("/family/", slug) }
func (l links) class(taxonomy string) string { return l.under("/c/", taxonomy) }
func (l links) content(slug string) string   { return l.under("/page/", slug) }
func (l links) search() string               { return l.to("/search") }
func (l links) contact() string              { return l.to("/contact") }
func (l links) siteMap() string              { return l.to("/sitemap") }
func (l links) trust() string                { return l.to("/trust") }
func (l links) secure() string               { return l.to("/secure-payment") }

func (l links) term(taxonomy, slug string) string {
	return l.class(taxonomy) + "/" + url.PathEscape(slug)
}

func (l links) cart() string     { return l.to("/cart") }
func (l links) checkout() string { return l.to("/checkout") }
func (l links) account() string  { return l.to("/account") }

// order is the page of an order behind its signed link.
func (l links) order(link string) string { return l.under("/order/", packLink(link)) }

// quote is the page of a quote behind its signed link.
func (l links) quote(link string) string { return l.under("/quote/", packLink(link)) }

// askQuote is the page that asks for a quote of the cart.
func (l links) askQuote() string { return l.to("/cart/quote") }

// hop is the page that leads from there to the bank.
func (l links) hop(link string) string { return l.order(link) + "/pay" }

// card takes what the page that leads to the bank has sealed for the merchant himself.
func (l links) card(link string) string { return l.order(link) + "/card" }

// A signed link stands in an address with "~" for its dots: a long path segment without a dot is kept
// out of the log (package web), and whoever read it there could open the order.
func packLink(link string) string   { return strings.ReplaceAll(link, ".", "~") }
func unpackLink(text string) string { return strings.ReplaceAll(text, "~", ".") }

// media is the address of a picture's copy. It has no language: the bytes are the same.
func (l links) media(key string) string { return l.base + "/" + key }

// plain is an address without a language: files for machines, answers of forms.
func (l links) plain(path string) string { return l.base + path }
