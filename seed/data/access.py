"""Hold the roles, the permissions in the form `domain:action`, and which role may do what."""

PERMISSIONS: dict[str, str] = {
    "user:read": "See customers and staff.",
    "user:write": "Change customers and staff.",
    "user:suspend": "Suspend an account and end its sessions.",
    "role:read": "See roles and permissions.",
    "role:write": "Change roles and who has them.",
    "product:read": "See products that are not published.",
    "product:write": "Create and change products and variants.",
    "product:publish": "Publish and archive products.",
    "category:write": "Change the category tree.",
    "collection:write": "Create and change collections.",
    "media:write": "Upload and remove pictures and films.",
    "inventory:read": "See stock.",
    "inventory:adjust": "Correct stock by hand.",
    "order:read": "See all orders.",
    "order:place": "Place an order.",
    "order:fulfil": "Pack and ship orders.",
    "order:cancel": "Cancel the orders of others.",
    "payment:read": "See payments.",
    "refund:create": "Give money back.",
    "coupon:read": "See coupons and their use.",
    "coupon:write": "Create and change coupons.",
    "review:write": "Write a review.",
    "review:moderate": "Approve and reject reviews.",
    "audit:read": "Read the audit log.",
    "report:read": "See the reports of the shop.",
}

ROLES: dict[str, str] = {
    "customer": "Someone who shops here.",
    "staff": "Runs the shop from day to day.",
    "admin": "May do everything.",
}

ROLE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "customer": ("order:place", "review:write"),
    "staff": (
        "user:read",
        "product:read",
        "product:write",
        "product:publish",
        "category:write",
        "collection:write",
        "media:write",
        "inventory:read",
        "order:read",
        "order:fulfil",
        "order:cancel",
        "payment:read",
        "coupon:read",
        "review:moderate",
        "report:read",
    ),
    "admin": tuple(PERMISSIONS),
}

ADMIN_EMAIL = "admin@lumi.com"
