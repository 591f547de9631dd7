-- Undo: checks.

ALTER TABLE "User"
    DROP CONSTRAINT "User_email_shape",
    DROP CONSTRAINT "User_passwordHash_bcrypt",
    DROP CONSTRAINT "User_status_follows_deletedAt",
    DROP CONSTRAINT "User_failedLoginCount_not_negative";

ALTER TABLE "UserSession"
    DROP CONSTRAINT "UserSession_refreshTokenHash_sha256",
    DROP CONSTRAINT "UserSession_expiresAt_after_createdAt";

ALTER TABLE "Permission"
    DROP CONSTRAINT "Permission_key_shape";

ALTER TABLE "Product"
    DROP CONSTRAINT "Product_slug_shape",
    DROP CONSTRAINT "Product_sku_shape",
    DROP CONSTRAINT "Product_price_not_negative",
    DROP CONSTRAINT "Product_compareAtPrice_not_negative",
    DROP CONSTRAINT "Product_currency_shape";

ALTER TABLE "ProductVariant"
    DROP CONSTRAINT "ProductVariant_sku_shape",
    DROP CONSTRAINT "ProductVariant_price_not_negative",
    DROP CONSTRAINT "ProductVariant_compareAtPrice_not_negative",
    DROP CONSTRAINT "ProductVariant_stock_not_negative",
    DROP CONSTRAINT "ProductVariant_weightGrams_not_negative";

ALTER TABLE "Category"
    DROP CONSTRAINT "Category_slug_shape";

ALTER TABLE "Collection"
    DROP CONSTRAINT "Collection_slug_shape";

ALTER TABLE "Inventory"
    DROP CONSTRAINT "Inventory_quantityAvailable_not_negative",
    DROP CONSTRAINT "Inventory_quantityReserved_not_negative",
    DROP CONSTRAINT "Inventory_quantityOnHand_not_negative",
    DROP CONSTRAINT "Inventory_quantityOnHand_sum",
    DROP CONSTRAINT "Inventory_lowStockThreshold_not_negative";

ALTER TABLE "Media"
    DROP CONSTRAINT "Media_assetId_shape",
    DROP CONSTRAINT "Media_sizeBytes_not_negative",
    DROP CONSTRAINT "Media_width_at_least_1",
    DROP CONSTRAINT "Media_height_at_least_1";

ALTER TABLE "Cart"
    DROP CONSTRAINT "Cart_currency_shape",
    DROP CONSTRAINT "Cart_expiresAt_after_createdAt";

ALTER TABLE "CartItem"
    DROP CONSTRAINT "CartItem_quantity_at_least_1",
    DROP CONSTRAINT "CartItem_unitPrice_not_negative";

ALTER TABLE "Address"
    DROP CONSTRAINT "Address_country_shape";

ALTER TABLE "Order"
    DROP CONSTRAINT "Order_reference_shape",
    DROP CONSTRAINT "Order_subtotalAmount_not_negative",
    DROP CONSTRAINT "Order_discountAmount_not_negative",
    DROP CONSTRAINT "Order_shippingAmount_not_negative",
    DROP CONSTRAINT "Order_taxAmount_not_negative",
    DROP CONSTRAINT "Order_totalAmount_not_negative",
    DROP CONSTRAINT "Order_totalAmount_sum",
    DROP CONSTRAINT "Order_taxAmount_within_total",
    DROP CONSTRAINT "Order_currency_shape",
    DROP CONSTRAINT "Order_shippingAddressSnapshot_object",
    DROP CONSTRAINT "Order_billingAddressSnapshot_object";

ALTER TABLE "OrderItem"
    DROP CONSTRAINT "OrderItem_quantity_at_least_1",
    DROP CONSTRAINT "OrderItem_quantityReserved_within_quantity",
    DROP CONSTRAINT "OrderItem_unitPrice_not_negative",
    DROP CONSTRAINT "OrderItem_currency_shape";

ALTER TABLE "Payment"
    DROP CONSTRAINT "Payment_amount_not_negative",
    DROP CONSTRAINT "Payment_paidPrice_not_negative",
    DROP CONSTRAINT "Payment_currency_shape",
    DROP CONSTRAINT "Payment_installment_at_least_1",
    DROP CONSTRAINT "Payment_cardToken_no_card_number",
    DROP CONSTRAINT "Payment_binNumber_shape",
    DROP CONSTRAINT "Payment_lastFourDigits_shape",
    DROP CONSTRAINT "Payment_fraudScore_0_to_100";

ALTER TABLE "SavedCard"
    DROP CONSTRAINT "SavedCard_cardToken_no_card_number",
    DROP CONSTRAINT "SavedCard_cardAlias_no_card_number",
    DROP CONSTRAINT "SavedCard_binNumber_shape",
    DROP CONSTRAINT "SavedCard_lastFourDigits_shape",
    DROP CONSTRAINT "SavedCard_expiryMonth_1_to_12",
    DROP CONSTRAINT "SavedCard_expiryYear_four_digits";

ALTER TABLE "PaymentRefund"
    DROP CONSTRAINT "PaymentRefund_amount_positive",
    DROP CONSTRAINT "PaymentRefund_currency_shape";

ALTER TABLE "Review"
    DROP CONSTRAINT "Review_rating_1_to_5",
    DROP CONSTRAINT "Review_helpfulCount_not_negative",
    DROP CONSTRAINT "Review_notHelpfulCount_not_negative";

ALTER TABLE "Coupon"
    DROP CONSTRAINT "Coupon_code_shape",
    DROP CONSTRAINT "Coupon_value_not_negative",
    DROP CONSTRAINT "Coupon_value_percentage",
    DROP CONSTRAINT "Coupon_currency_shape",
    DROP CONSTRAINT "Coupon_minOrderAmount_not_negative",
    DROP CONSTRAINT "Coupon_maxDiscountAmount_not_negative",
    DROP CONSTRAINT "Coupon_usageLimit_not_negative",
    DROP CONSTRAINT "Coupon_usageCount_not_negative",
    DROP CONSTRAINT "Coupon_usageCount_within_limit",
    DROP CONSTRAINT "Coupon_expiresAt_after_startsAt";

ALTER TABLE "CouponUsage"
    DROP CONSTRAINT "CouponUsage_discountAmount_not_negative";
