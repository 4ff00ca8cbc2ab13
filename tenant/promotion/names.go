package promotion

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// ReadNames reads what the members of rules are called, for the sentences that tell what they do.
func ReadNames(tx tenant.Tx, rules ...discount.Rule) (discount.Names, error) {
	articles, err := articleNames(tx, rules)
	if err != nil {
		return discount.Names{}, err
	}
	tree, err := catalog.ReadTree(tx)
	if err != nil {
		return discount.Names{}, err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return discount.Names{}, err
	}
	return discount.Names{
		Article: func(id string) i18n.Text { return articles[id] },
		Family:  func(id string) i18n.Text { return familyName(tree, id) },
		Profile: func(code string) i18n.Text {
			if p := s.Rules().Profiles.Find(profile.Code(code)); string(p.Code) == code {
				return p.Names
			}
			return nil
		},
	}, nil
}

func articleNames(tx tenant.Tx, rules []discount.Rule) (map[string]i18n.Text, error) {
	ids := []string{}
	for i := range rules {
		if rules[i].Scope.Of == discount.Articles {
			ids = append(ids, rules[i].Scope.Members...)
		}
	}
	names := map[string]i18n.Text{}
	if len(ids) == 0 {
		return names, nil
	}
	rows, err := tx.Raw().Query(tx.Context(), `select product_id::text, jsonb_object_agg(locale, name) from product_texts
		where product_id::text = any($1) group by 1`, ids)
	if err != nil {
		return nil, fmt.Errorf("read names of articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var which string
		var doc []byte
		if err := rows.Scan(&which, &doc); err != nil {
			return nil, fmt.Errorf("read names of articles: %w", err)
		}
		var name i18n.Text
		if err := json.Unmarshal(doc, &name); err != nil {
			return nil, fmt.Errorf("read names of articles: %w", err)
		}
		names[which] = name
	}
	return names, rows.Err()
}

// familyName is the name of a family, empty for one that is gone.
func familyName(tree *catalog.Tree, id string) i18n.Text {
	n, ok := tree.ByText(id)
	if !ok {
		return nil
	}
	name := make(i18n.Text, len(n.Texts))
	for l, t := range n.Texts {
		name[l] = t.Name
	}
	if name.IsZero() {
		name = i18n.Text{i18n.English: n.Code}
	}
	return name
}
