DROP FUNCTION "erase_user"(text);
ALTER FUNCTION "erase_user_data"(text) RENAME TO "erase_user";
DROP TRIGGER "Review_audit_moderation" ON "Review";
DROP TRIGGER "Inventory_audit_adjustment" ON "Inventory";
DO $$
DECLARE
    model text;
BEGIN
    FOREACH model IN ARRAY ARRAY[
        'User', 'Role', 'Permission', 'RolePermission', 'UserRole', 'UserPermission', 'Product', 'ProductVariant', 'Category',
        'ProductCategory', 'Collection', 'ProductCollection', 'Media', 'ProductMedia', 'VariantMedia', 'Coupon', 'Order',
        'OrderItem', 'Payment', 'PaymentRefund', 'Inventory', 'Review'
    ] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', model || '_audit', model);
    END LOOP;
END
$$;
DROP FUNCTION "audit_write";
DROP FUNCTION "audit_new_id";
