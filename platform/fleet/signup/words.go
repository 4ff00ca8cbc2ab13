package signup

import "echoppe.dev/platform/driver/ui"

// features are the promises of the home page.
func features(v ui.View) []ui.Feature {
	feature := func(icon ui.Icon, key string) ui.Feature {
		return ui.Feature{Icon: icon, Title: v.T("signup.feature." + key + ".title"), Text: v.T("signup.feature." + key + ".text")}
	}
	return []ui.Feature{
		feature(ui.IconRocket, "instant"),
		feature(ui.IconFileImport, "import"),
		feature(ui.IconLanguage, "languages"),
		feature(ui.IconCreditCard, "payment"),
		feature(ui.IconWorld, "domain"),
		feature(ui.IconDownload, "yours"),
	}
}

func demoAction(v ui.View, href string) []ui.Action {
	if href == "" {
		return nil
	}
	return []ui.Action{{Label: v.T("signup.home.demo"), Href: href, Icon: ui.IconEye}}
}
