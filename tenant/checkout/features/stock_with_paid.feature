@STK-10 @STK-12
Feature: Stock leaves with "paid"
  A placed order only raises what customers wait for; its pieces are held for a time.

  Background:
    Given the shop has 2 "Mug" at "12.00"
    And stock paid by "cheque" leaves "with paid"
    And "zoe@example.com" has 1 "Mug" in the cart

  Scenario: The piece is promised with the order and gone with the money
    When "zoe@example.com" orders and pays by "cheque"
    Then "Mug" counts 2 on the shelf, 1 awaited by customers, 1 for others
    When the clerk records that "18.00" came
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    When the clerk ships it with "colissimo" as "6A123"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others

  Scenario: When the cheque does not come, others can buy the piece, and the customer still waits for his
    When "zoe@example.com" orders and pays by "cheque"
    And 20 days pass
    Then "Mug" counts 2 on the shelf, 1 awaited by customers, 2 for others
    When the clerk cancels the order
    Then "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others

  Scenario: Ready to be sent before the money: the piece is kept beyond the time
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk says it awaits shipment
    And 20 days pass
    Then "Mug" counts 2 on the shelf, 1 awaited by customers, 1 for others
    When the clerk ships it with "colissimo" as "6A123"
    Then that is refused because "checkout.unpaid"
    When the clerk ships it unpaid with "colissimo" as "6A123"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others

  Scenario: Two buyers and the last one
    Given only 1 "Mug" is left
    And "ida@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And "ida@example.com" orders and pays by "card"
    Then "ida@example.com" is told that it is sold out

  Scenario: All the money goes back before anything was sent
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "18.00" came
    And the clerk gives "18.00" back
    Then the order is "refunded" and "refunded"
    And "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others
