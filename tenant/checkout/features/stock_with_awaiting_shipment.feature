@STK-11 @STK-12
Feature: Stock leaves with "awaiting shipment"
  Paid pieces stay on the shelf, kept for the buyer, until the merchant says that the order is ready.

  Background:
    Given the shop has 2 "Mug" at "12.00"
    And stock paid by "card" leaves "with awaiting shipment"
    And "zoe@example.com" has 1 "Mug" in the cart

  Scenario: Kept when paid, gone when ready
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    Then the order is "paid" and "paid"
    And "Mug" counts 2 on the shelf, 1 awaited by customers, 1 for others
    When 20 days pass
    Then "Mug" counts 2 on the shelf, 1 awaited by customers, 1 for others
    When the clerk says it awaits shipment
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    When the clerk ships it with "colissimo" as "6A123"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others

  Scenario: Cancelled when paid, nothing has left and nothing comes back twice
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    And the clerk cancels the order
    Then "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others
    When the clerk cancels the order
    Then that is refused because "state.refused"
    And "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others

  Scenario: Cancelled when ready, the piece comes back once
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    And the clerk says it awaits shipment
    And the clerk cancels the order
    Then "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others

  Scenario: Two buyers and the last one, days after the first has paid
    Given only 1 "Mug" is left
    And "ida@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    And 3 days pass
    And "ida@example.com" orders and pays by "card"
    Then "ida@example.com" is told that it is sold out
