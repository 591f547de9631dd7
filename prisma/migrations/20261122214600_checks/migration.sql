-- What a single row must satisfy. A constraint is named <Table>_<field>_<rule>, so that a client can name the field.
-- Shapes hold for live rows only: a soft-deleted row holds "<value>#<id>", an erased one nothing.
-- numeric(12, 2) also holds NaN, which is greater than every number.

ALTER TABLE "User"
    ADD CONSTRAINT "User_email_shape" CHECK ("deletedAt" IS NOT NULL OR ("email" ~ '^[^\s@A-Z]+@[^\s@A-Z#.]+(\.[^\s@A-Z#.]+)+$' AND length("email") <= 254)),
    ADD CONSTRAINT "User_passwordHash_bcrypt" CHECK ("deletedAt" IS NOT NULL OR "passwordHash" ~ '^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$'),
    ADD CONSTRAINT "User_status_follows_deletedAt" CHECK (("status" = 'DELETED') = ("deletedAt" IS NOT NULL)),
    ADD CONSTRAINT "User_failedLoginCount_not_negative" CHECK ("failedLoginCount" >= 0);

ALTER TABLE "UserSession"
    ADD CONSTRAINT "UserSession_refreshTokenHash_sha256" CHECK ("refreshTokenHash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "UserSession_expiresAt_after_createdAt" CHECK ("expiresAt" > "createdAt");

ALTER TABLE "Permission"
    ADD CONSTRAINT "Permission_key_shape" CHECK ("key" ~ '^[a-z][a-z0-9_-]*:([a-z][a-z0-9_-]*|\*)$');

ALTER TABLE "Product"
    ADD CONSTRAINT "Product_slug_shape" CHECK ("deletedAt" IS NOT NULL OR "slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    ADD CONSTRAINT "Product_sku_shape" CHECK ("deletedAt" IS NOT NULL OR "sku" ~ '^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$'),
    ADD CONSTRAINT "Product_price_not_negative" CHECK ("price" >= 0 AND "price" <> 'NaN'),
    ADD CONSTRAINT "Product_compareAtPrice_not_negative" CHECK ("compareAtPrice" >= 0 AND "compareAtPrice" <> 'NaN'),
    ADD CONSTRAINT "Product_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$');

ALTER TABLE "ProductVariant"
    ADD CONSTRAINT "ProductVariant_sku_shape" CHECK ("deletedAt" IS NOT NULL OR "sku" ~ '^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$'),
    ADD CONSTRAINT "ProductVariant_price_not_negative" CHECK ("price" >= 0 AND "price" <> 'NaN'),
    ADD CONSTRAINT "ProductVariant_compareAtPrice_not_negative" CHECK ("compareAtPrice" >= 0 AND "compareAtPrice" <> 'NaN'),
    ADD CONSTRAINT "ProductVariant_stock_not_negative" CHECK ("stock" >= 0),
    ADD CONSTRAINT "ProductVariant_weightGrams_not_negative" CHECK ("weightGrams" >= 0);

ALTER TABLE "Category"
    ADD CONSTRAINT "Category_slug_shape" CHECK ("deletedAt" IS NOT NULL OR "slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

ALTER TABLE "Collection"
    ADD CONSTRAINT "Collection_slug_shape" CHECK ("deletedAt" IS NOT NULL OR "slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

ALTER TABLE "Inventory"
    ADD CONSTRAINT "Inventory_quantityAvailable_not_negative" CHECK ("quantityAvailable" >= 0),
    ADD CONSTRAINT "Inventory_quantityReserved_not_negative" CHECK ("quantityReserved" >= 0),
    ADD CONSTRAINT "Inventory_quantityOnHand_not_negative" CHECK ("quantityOnHand" >= 0),
    ADD CONSTRAINT "Inventory_quantityOnHand_sum" CHECK ("quantityOnHand"::bigint = "quantityAvailable"::bigint + "quantityReserved"::bigint),
    ADD CONSTRAINT "Inventory_lowStockThreshold_not_negative" CHECK ("lowStockThreshold" >= 0);

ALTER TABLE "Media"
    ADD CONSTRAINT "Media_assetId_shape" CHECK ("deletedAt" IS NOT NULL OR "assetId" ~ '^[^#]+$'),
    ADD CONSTRAINT "Media_sizeBytes_not_negative" CHECK ("sizeBytes" >= 0),
    ADD CONSTRAINT "Media_width_at_least_1" CHECK ("width" >= 1),
    ADD CONSTRAINT "Media_height_at_least_1" CHECK ("height" >= 1);

ALTER TABLE "Cart"
    ADD CONSTRAINT "Cart_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "Cart_expiresAt_after_createdAt" CHECK ("expiresAt" > "createdAt");

ALTER TABLE "CartItem"
    ADD CONSTRAINT "CartItem_quantity_at_least_1" CHECK ("quantity" >= 1),
    ADD CONSTRAINT "CartItem_unitPrice_not_negative" CHECK ("unitPrice" >= 0 AND "unitPrice" <> 'NaN');

ALTER TABLE "Address"
    ADD CONSTRAINT "Address_country_shape" CHECK ("country" ~ '^[A-Z]{2}$');

ALTER TABLE "Order"
    ADD CONSTRAINT "Order_reference_shape" CHECK ("reference" ~ '^LM-[0-9]{4}-[0-9]{6,}$'),
    ADD CONSTRAINT "Order_subtotalAmount_not_negative" CHECK ("subtotalAmount" >= 0 AND "subtotalAmount" <> 'NaN'),
    ADD CONSTRAINT "Order_discountAmount_not_negative" CHECK ("discountAmount" >= 0 AND "discountAmount" <> 'NaN'),
    ADD CONSTRAINT "Order_shippingAmount_not_negative" CHECK ("shippingAmount" >= 0 AND "shippingAmount" <> 'NaN'),
    ADD CONSTRAINT "Order_taxAmount_not_negative" CHECK ("taxAmount" >= 0 AND "taxAmount" <> 'NaN'),
    ADD CONSTRAINT "Order_totalAmount_not_negative" CHECK ("totalAmount" >= 0 AND "totalAmount" <> 'NaN'),
    ADD CONSTRAINT "Order_totalAmount_sum" CHECK ("totalAmount" = "subtotalAmount" - "discountAmount" + "shippingAmount"),
    ADD CONSTRAINT "Order_taxAmount_within_total" CHECK ("taxAmount" <= "totalAmount"),
    ADD CONSTRAINT "Order_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "Order_shippingAddressSnapshot_object" CHECK (jsonb_typeof("shippingAddressSnapshot") = 'object'),
    ADD CONSTRAINT "Order_billingAddressSnapshot_object" CHECK (jsonb_typeof("billingAddressSnapshot") = 'object');

ALTER TABLE "OrderItem"
    ADD CONSTRAINT "OrderItem_quantity_at_least_1" CHECK ("quantity" >= 1),
    ADD CONSTRAINT "OrderItem_quantityReserved_within_quantity" CHECK ("quantityReserved" BETWEEN 0 AND "quantity"),
    ADD CONSTRAINT "OrderItem_unitPrice_not_negative" CHECK ("unitPrice" >= 0 AND "unitPrice" <> 'NaN'),
    ADD CONSTRAINT "OrderItem_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$');

ALTER TABLE "Payment"
    ADD CONSTRAINT "Payment_amount_not_negative" CHECK ("amount" >= 0 AND "amount" <> 'NaN'),
    ADD CONSTRAINT "Payment_paidPrice_not_negative" CHECK ("paidPrice" >= 0 AND "paidPrice" <> 'NaN'),
    ADD CONSTRAINT "Payment_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "Payment_installment_at_least_1" CHECK ("installment" >= 1),
    ADD CONSTRAINT "Payment_cardToken_no_card_number" CHECK ("cardToken" !~ '^[0-9 -]{12,}$'),
    ADD CONSTRAINT "Payment_binNumber_shape" CHECK ("binNumber" ~ '^[0-9]{6,8}$'),
    ADD CONSTRAINT "Payment_lastFourDigits_shape" CHECK ("lastFourDigits" ~ '^[0-9]{4}$'),
    ADD CONSTRAINT "Payment_fraudScore_0_to_100" CHECK ("fraudScore" BETWEEN 0 AND 100);

ALTER TABLE "SavedCard"
    ADD CONSTRAINT "SavedCard_cardToken_no_card_number" CHECK ("cardToken" !~ '^[0-9 -]{12,}$'),
    ADD CONSTRAINT "SavedCard_cardAlias_no_card_number" CHECK ("cardAlias" !~ '[0-9]([ -]?[0-9]){11,}'),
    ADD CONSTRAINT "SavedCard_binNumber_shape" CHECK ("binNumber" ~ '^[0-9]{6,8}$'),
    ADD CONSTRAINT "SavedCard_lastFourDigits_shape" CHECK ("lastFourDigits" ~ '^[0-9]{4}$'),
    ADD CONSTRAINT "SavedCard_expiryMonth_1_to_12" CHECK ("expiryMonth" BETWEEN 1 AND 12),
    ADD CONSTRAINT "SavedCard_expiryYear_four_digits" CHECK ("expiryYear" BETWEEN 2000 AND 9999);

ALTER TABLE "PaymentRefund"
    ADD CONSTRAINT "PaymentRefund_amount_positive" CHECK ("amount" > 0 AND "amount" <> 'NaN'),
    ADD CONSTRAINT "PaymentRefund_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$');

ALTER TABLE "Review"
    ADD CONSTRAINT "Review_rating_1_to_5" CHECK ("rating" BETWEEN 1 AND 5),
    ADD CONSTRAINT "Review_helpfulCount_not_negative" CHECK ("helpfulCount" >= 0),
    ADD CONSTRAINT "Review_notHelpfulCount_not_negative" CHECK ("notHelpfulCount" >= 0);

ALTER TABLE "Coupon"
    ADD CONSTRAINT "Coupon_code_shape" CHECK ("deletedAt" IS NOT NULL OR "code" ~ '^[A-Z0-9][A-Z0-9_-]*$'),
    ADD CONSTRAINT "Coupon_value_not_negative" CHECK ("value" >= 0 AND "value" <> 'NaN'),
    ADD CONSTRAINT "Coupon_value_percentage" CHECK ("type" <> 'PERCENTAGE' OR "value" <= 100),
    ADD CONSTRAINT "Coupon_currency_shape" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "Coupon_minOrderAmount_not_negative" CHECK ("minOrderAmount" >= 0 AND "minOrderAmount" <> 'NaN'),
    ADD CONSTRAINT "Coupon_maxDiscountAmount_not_negative" CHECK ("maxDiscountAmount" >= 0 AND "maxDiscountAmount" <> 'NaN'),
    ADD CONSTRAINT "Coupon_usageLimit_not_negative" CHECK ("usageLimit" >= 0),
    ADD CONSTRAINT "Coupon_usageCount_not_negative" CHECK ("usageCount" >= 0),
    ADD CONSTRAINT "Coupon_usageCount_within_limit" CHECK ("usageCount" <= "usageLimit"),
    ADD CONSTRAINT "Coupon_expiresAt_after_startsAt" CHECK ("expiresAt" > "startsAt");

ALTER TABLE "CouponUsage"
    ADD CONSTRAINT "CouponUsage_discountAmount_not_negative" CHECK ("discountAmount" >= 0 AND "discountAmount" <> 'NaN');
