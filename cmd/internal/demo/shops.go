package demo

// FirstShop is the slug of the shop the demo's home page leads to.
const FirstShop = "demo"
