// The models of schema.prisma. Written by `python -m tools.node_models`; a test fails when the two part.
// `cascades` is on a required relation whose row takes this one along when it is deleted.
export const models = {
  User: {
    softDelete: true, relations: {
      sessions: { target: 'UserSession', kind: 'list', opposite: 'user' },
      roles: { target: 'UserRole', kind: 'list', opposite: 'user' },
      permissions: { target: 'UserPermission', kind: 'list', opposite: 'user' },
      addresses: { target: 'Address', kind: 'list', opposite: 'user' },
      savedCards: { target: 'SavedCard', kind: 'list', opposite: 'user' },
      carts: { target: 'Cart', kind: 'list', opposite: 'user' },
      orders: { target: 'Order', kind: 'list', opposite: 'user' },
      payments: { target: 'Payment', kind: 'list', opposite: 'user' },
      reviews: { target: 'Review', kind: 'list', opposite: 'user' },
      couponUsages: { target: 'CouponUsage', kind: 'list', opposite: 'user' },
      securityEvents: { target: 'SecurityEvent', kind: 'list', opposite: 'user' },
      auditLogs: { target: 'AuditLog', kind: 'list', opposite: 'user' },
    },
  },
  UserSession: {
    relations: {
      user: { target: 'User', kind: 'required', opposite: 'sessions', cascades: true },
    },
  },
  Role: {
    relations: {
      permissions: { target: 'RolePermission', kind: 'list', opposite: 'role' },
      users: { target: 'UserRole', kind: 'list', opposite: 'role' },
    },
  },
  Permission: {
    relations: {
      roles: { target: 'RolePermission', kind: 'list', opposite: 'permission' },
      users: { target: 'UserPermission', kind: 'list', opposite: 'permission' },
    },
  },
  RolePermission: {
    relations: {
      role: { target: 'Role', kind: 'required', opposite: 'permissions', cascades: true },
      permission: { target: 'Permission', kind: 'required', opposite: 'roles', cascades: true },
    },
  },
  UserRole: {
    relations: {
      user: { target: 'User', kind: 'required', opposite: 'roles', cascades: true },
      role: { target: 'Role', kind: 'required', opposite: 'users', cascades: true },
    },
  },
  UserPermission: {
    relations: {
      user: { target: 'User', kind: 'required', opposite: 'permissions', cascades: true },
      permission: { target: 'Permission', kind: 'required', opposite: 'users', cascades: true },
    },
  },
  SecurityEvent: {
    relations: {
      user: { target: 'User', kind: 'optional', opposite: 'securityEvents' },
    },
  },
  Product: {
    softDelete: true, version: true, relations: {
      variants: { target: 'ProductVariant', kind: 'list', opposite: 'product' },
      categories: { target: 'ProductCategory', kind: 'list', opposite: 'product' },
      collections: { target: 'ProductCollection', kind: 'list', opposite: 'product' },
      media: { target: 'ProductMedia', kind: 'list', opposite: 'product' },
      reviews: { target: 'Review', kind: 'list', opposite: 'product' },
      orderItems: { target: 'OrderItem', kind: 'list', opposite: 'product' },
    },
  },
  ProductVariant: {
    softDelete: true, version: true, relations: {
      product: { target: 'Product', kind: 'required', opposite: 'variants', cascades: true },
      inventory: { target: 'Inventory', kind: 'optional', opposite: 'productVariant' },
      media: { target: 'VariantMedia', kind: 'list', opposite: 'variant' },
      cartItems: { target: 'CartItem', kind: 'list', opposite: 'productVariant' },
      orderItems: { target: 'OrderItem', kind: 'list', opposite: 'productVariant' },
    },
  },
  Category: {
    softDelete: true, relations: {
      parent: { target: 'Category', kind: 'optional', opposite: 'children' },
      children: { target: 'Category', kind: 'list', opposite: 'parent' },
      products: { target: 'ProductCategory', kind: 'list', opposite: 'category' },
    },
  },
  ProductCategory: {
    relations: {
      product: { target: 'Product', kind: 'required', opposite: 'categories', cascades: true },
      category: { target: 'Category', kind: 'required', opposite: 'products' },
    },
  },
  Collection: {
    softDelete: true, relations: {
      products: { target: 'ProductCollection', kind: 'list', opposite: 'collection' },
    },
  },
  ProductCollection: {
    relations: {
      product: { target: 'Product', kind: 'required', opposite: 'collections', cascades: true },
      collection: { target: 'Collection', kind: 'required', opposite: 'products', cascades: true },
    },
  },
  Inventory: {
    version: true, relations: {
      productVariant: { target: 'ProductVariant', kind: 'required', opposite: 'inventory', cascades: true },
    },
  },
  Media: {
    softDelete: true, relations: {
      products: { target: 'ProductMedia', kind: 'list', opposite: 'media' },
      variants: { target: 'VariantMedia', kind: 'list', opposite: 'media' },
      reviews: { target: 'ReviewMedia', kind: 'list', opposite: 'media' },
    },
  },
  ProductMedia: {
    relations: {
      product: { target: 'Product', kind: 'required', opposite: 'media', cascades: true },
      media: { target: 'Media', kind: 'required', opposite: 'products', cascades: true },
    },
  },
  VariantMedia: {
    relations: {
      variant: { target: 'ProductVariant', kind: 'required', opposite: 'media', cascades: true },
      media: { target: 'Media', kind: 'required', opposite: 'variants', cascades: true },
    },
  },
  Cart: {
    version: true, relations: {
      user: { target: 'User', kind: 'optional', opposite: 'carts' },
      items: { target: 'CartItem', kind: 'list', opposite: 'cart' },
      order: { target: 'Order', kind: 'optional', opposite: 'cart' },
    },
  },
  CartItem: {
    relations: {
      cart: { target: 'Cart', kind: 'required', opposite: 'items', cascades: true },
      productVariant: { target: 'ProductVariant', kind: 'required', opposite: 'cartItems', cascades: true },
    },
  },
  Address: {
    relations: {
      user: { target: 'User', kind: 'required', opposite: 'addresses', cascades: true },
      shippingOrders: { target: 'Order', kind: 'list', opposite: 'shippingAddress' },
      billingOrders: { target: 'Order', kind: 'list', opposite: 'billingAddress' },
    },
  },
  Order: {
    version: true, relations: {
      user: { target: 'User', kind: 'optional', opposite: 'orders' },
      cart: { target: 'Cart', kind: 'optional', opposite: 'order' },
      shippingAddress: { target: 'Address', kind: 'optional', opposite: 'shippingOrders' },
      billingAddress: { target: 'Address', kind: 'optional', opposite: 'billingOrders' },
      items: { target: 'OrderItem', kind: 'list', opposite: 'order' },
      payments: { target: 'Payment', kind: 'list', opposite: 'order' },
      reviews: { target: 'Review', kind: 'list', opposite: 'order' },
      couponUsages: { target: 'CouponUsage', kind: 'list', opposite: 'order' },
    },
  },
  OrderItem: {
    relations: {
      order: { target: 'Order', kind: 'required', opposite: 'items', cascades: true },
      product: { target: 'Product', kind: 'optional', opposite: 'orderItems' },
      productVariant: { target: 'ProductVariant', kind: 'optional', opposite: 'orderItems' },
    },
  },
  Payment: {
    relations: {
      order: { target: 'Order', kind: 'required', opposite: 'payments' },
      user: { target: 'User', kind: 'optional', opposite: 'payments' },
      refunds: { target: 'PaymentRefund', kind: 'list', opposite: 'payment' },
    },
  },
  SavedCard: {
    relations: {
      user: { target: 'User', kind: 'required', opposite: 'savedCards', cascades: true },
    },
  },
  PaymentRefund: {
    relations: {
      payment: { target: 'Payment', kind: 'required', opposite: 'refunds' },
    },
  },
  Review: {
    softDelete: true, relations: {
      product: { target: 'Product', kind: 'required', opposite: 'reviews', cascades: true },
      user: { target: 'User', kind: 'optional', opposite: 'reviews' },
      order: { target: 'Order', kind: 'optional', opposite: 'reviews' },
      media: { target: 'ReviewMedia', kind: 'list', opposite: 'review' },
    },
  },
  ReviewMedia: {
    relations: {
      review: { target: 'Review', kind: 'required', opposite: 'media', cascades: true },
      media: { target: 'Media', kind: 'required', opposite: 'reviews', cascades: true },
    },
  },
  Coupon: {
    softDelete: true, version: true, relations: {
      usages: { target: 'CouponUsage', kind: 'list', opposite: 'coupon' },
    },
  },
  CouponUsage: {
    relations: {
      coupon: { target: 'Coupon', kind: 'required', opposite: 'usages' },
      user: { target: 'User', kind: 'optional', opposite: 'couponUsages' },
      order: { target: 'Order', kind: 'required', opposite: 'couponUsages', cascades: true },
    },
  },
  AuditLog: {
    relations: {
      user: { target: 'User', kind: 'optional', opposite: 'auditLogs' },
    },
  },
}
