package demo

import "net/url"

// contracts are what a merchant types to use the contracts the pretend bank has from the start (families.Samples), by
// the family of the brand he chooses.
var contracts = map[string]url.Values{
	"amazonpay": {"region": {"eu"}, "merchant": {"A1PRETENDSHOP7"}, "store": {"amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"},
		"key_test": {"SANDBOX-PRETENDKEYPRETENDKEY0001"}, "private_test": {amazonKey}, "capture": {"now"}, "page": {"hosted"}},
	"authorizenet": {"login_test": {"PretendLogin"}, "key_test": {"PretendTestKey01"}, "currency": {"EUR"}, "capture": {"now"},
		"signature_test": {"0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"}},
	"bluepaid":   {"boutique": {"1001"}, "secret": {"bluepaidtestsecret00"}, "review": {"all"}},
	"klikandpay": {"account": {"1234567"}, "currency": {"EUR"}, "secret": {"klikandpaytestsecret"}, "review": {"all"}},
	"lyra": {"site": {"12345678"}, "key_test": {"1122334455667788"}, "key_live": {"8877665544332211"}, "hash": {"hmac"},
		"password_test": {"testpassword_DEMOPRIVATEKEY"}, "password_live": {"prodpassword_DEMOPRIVATEKEY"}, "capture": {"now"},
		"public_test": {"12345678:testpublickey_DEMOPUBLICKEY"}, "public_live": {"12345678:publickey_DEMOPUBLICKEY"},
		"return_test": {"testreturnkeyDEMO"}, "return_live": {"prodreturnkeyDEMO"}},
	"monetico": {"tpe": {"0000001"}, "societe": {"demo"}, "key": {"12345678901234567890123456789012345678P0"}, "capture": {"now"}},
	"monext":   {"api": {"rest"}, "point_of_sale": {"DEMO"}, "contracts": {"1234567"}, "key_test": {"MTIzNDU2Nzg5MDEyMzQ6RGVtb1Rlc3Q="}, "capture": {"now"}},
	"paybox": {"site": {"1999888"}, "rang": {"32"}, "identifiant": {"107904482"}, "calls": {"ask"}, "capture": {"now"},
		"key": {"0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"}},
	"paypal": {"client_test": {"pretend-sandbox-client"}, "secret_test": {"pretend-sandbox-secret"}, "webhook_test": {"7PRETENDHOOK00001"},
		"merchant": {"7PRETENDSHOP7"}, "capture": {"now"}},
	"redsys": {"merchant": {"999008881"}, "terminal": {"1"}, "key": {"sq7HjrUOBfKmC576ILgskD5srU870gJ7"}, "signature": {"sha512"},
		"calls": {"ask"}, "capture": {"now"}},
	"sips2": {"merchant": {"211000021310001"}, "key": {"S9i8qClCnb2CZU3y3Vn0toIOgz3z_aBi79akR30vM9o"}, "version": {"1"}, "seal": {"hmac"},
		"calls": {"ask"}, "capture": {"now"}},
	"square": {"token_test": {"EAAAPretendSandbox"}, "location_test": {"LPRETENDSHOP1"}, "hook_test": {"PretendSandboxSignature"},
		"token_live": {"EAAAPretendLive"}, "location_live": {"LPRETENDSHOP1"}, "hook_live": {"PretendLiveSignature"}},
	"stripe": {"secret_test": {"sk_test_PRETEND"}, "hook_test": {"whsec_PRETENDTEST"}, "secret_live": {"sk_live_PRETEND"}, "hook_live": {"whsec_PRETENDLIVE"},
		"public_test": {"pk_test_PRETEND"}, "public_live": {"pk_live_PRETEND"}, "capture": {"now"}, "page": {"hosted"}},
	"twocheckout": {"merchant": {"250111206876"}, "key": {"twocheckouttestkey"}, "word": {"twocheckouttestword"}, "hash": {"sha"}},
}

// Contracts gives a contract of each family for trying.
func Contracts() map[string]url.Values { return contracts }
