// Package screen is what the pages of the platform host and of the console have in common: the
// reader's language, the view that components are given, and how a page is answered.
//
// The language is what the address asks for (?lang=de), else what was chosen before, else what the
// browser prefers. A choice made by address is remembered in a cookie.
//
// The package knows no route and no permission.
package screen
