package cloud.bevy.product.node;

import cloud.bevy.foundation.base.Fault;

/// Why a node does not start.
public final class NodeFault extends Fault {
  private static final long serialVersionUID = 1;

  NodeFault(String message, String hint, Throwable cause) {
    super(message, hint, cause);
  }
}
