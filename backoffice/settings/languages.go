package shopsettings

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/settings"
)

// languagesDocument is which languages the pages exist in (LANG-01).
func languagesDocument() document {
	return document{
		path: "languages", name: settings.NameLanguages,
		values: languagesValues, read: readLanguages, fields: languagesFields,
	}
}

func languagesValues(_ *desk.Visit, k *known) url.Values {
	values := url.Values{"default": {string(k.Languages.Default)}}
	for _, l := range k.Languages.Offered {
		values.Add("offered", string(l))
	}
	return values
}

type languagesForm struct {
	Default string   `form:"default"`
	Offered []string `form:"offered"`
}

func readLanguages(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[languagesForm](c)
	l := settings.Languages{Default: i18n.Locale(f.Default), Offered: []i18n.Locale{}}
	for _, shipped := range i18n.Shipped {
		for _, wanted := range f.Offered {
			if wanted == string(shipped) {
				l.Offered = append(l.Offered, shipped)
			}
		}
	}
	return l, err
}

// languages offers languages by their own names.
func languages(list []i18n.Locale) []ui.Option {
	options := make([]ui.Option, len(list))
	for i, l := range list {
		options[i] = ui.Option{Value: string(l), Label: l.Name()}
	}
	return options
}
