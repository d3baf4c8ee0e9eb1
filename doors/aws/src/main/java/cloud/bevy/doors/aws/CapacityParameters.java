package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;

/// What a request says of a table's throughput.
final class CapacityParameters {
  private static final long MOST_UNITS = 1_000_000_000_000L;
  private static final long UNBOUNDED = -1;
  private static final String ON_DEMAND = "OnDemandThroughput";
  private static final String WARM = "WarmThroughput";
  private static final String INVALID = "One or more parameter values were invalid: ";

  /// The members that say more than a billing mode and what is provisioned.
  static final Shape.Member ON_DEMAND_THROUGHPUT =
      Shape.member(
          ON_DEMAND,
          new Shape.Structure(
              "OnDemandThroughput",
              Shape.whole("MaxReadRequestUnits"),
              Shape.whole("MaxWriteRequestUnits")));

  static final Shape.Member WARM_THROUGHPUT =
      Shape.member(
          WARM,
          new Shape.Structure(
              "WarmThroughput",
              Shape.whole("ReadUnitsPerSecond", new Constraint.AtLeast(1)),
              Shape.whole("WriteUnitsPerSecond", new Constraint.AtLeast(1))));

  static final Shape.Member TABLE_CLASS =
      Shape.word("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS");

  private CapacityParameters() {}

  /// Whether a request says anything of that.
  static boolean more(Parameters parameters) {
    return parameters.has(ON_DEMAND) || parameters.has(WARM) || parameters.has("TableClass");
  }

  /// The capacity of a table that is to be created.
  ///
  /// @throws DynamoRefusal if billing mode and throughput do not go together
  static Capacity read(Parameters parameters) {
    return read(parameters, parameters.text("BillingMode", "PROVISIONED").equals("PROVISIONED"));
  }

  private static Capacity read(Parameters parameters, boolean provisioned) {
    Parameters throughput = parameters.structure("ProvisionedThroughput");
    Long read = throughput.whole("ReadCapacityUnits");
    Long write = throughput.whole("WriteCapacityUnits");
    if (!provisioned) {
      if (parameters.has("ProvisionedThroughput")) {
        throw DynamoRefusal.validation(
            INVALID
                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                + " BillingMode is PAY_PER_REQUEST");
      }
      return Capacity.ON_DEMAND;
    }
    if (read == null || write == null) {
      throw DynamoRefusal.validation(
          INVALID
              + "ReadCapacityUnits and WriteCapacityUnits must both be specified when"
              + " BillingMode is PROVISIONED");
    }
    checkBounds("ReadCapacityUnits", read);
    checkBounds("WriteCapacityUnits", write);
    return Capacity.provisioned(read, write);
  }

  /// The capacity of a table that is changed.
  ///
  /// @param before what it was
  /// @throws DynamoRefusal if billing mode and throughput do not go together
  static Capacity read(Parameters parameters, Capacity before) {
    boolean provisioned =
        parameters
            .text("BillingMode", before.onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED")
            .equals("PROVISIONED");
    if (provisioned && !before.onDemand() && !parameters.has("ProvisionedThroughput")) {
      return before;
    }
    if (!provisioned && !parameters.has("ProvisionedThroughput")) {
      return before.withOnDemand();
    }
    Capacity next = read(parameters, provisioned);
    return before.withProvisioned(next.read(), next.write());
  }

  /// The same with what a request says besides: bounds on demand, what to be ready for, and the
  /// class of a table.
  ///
  /// @param of whose it is: `table`, or `index` and its name
  /// @param made whether that is only made now
  /// @throws DynamoRefusal if it does not go together
  static Capacity more(Parameters parameters, Capacity capacity, String of, boolean made) {
    Capacity next = capacity.withTableClass(parameters.text("TableClass", capacity.tableClass()));
    if (parameters.has(ON_DEMAND)) {
      if (!next.onDemand()) {
        throw DynamoRefusal.validation(
            INVALID
                + "OnDemandThroughput can only be specified for "
                + of
                + " when BillingMode is PAY_PER_REQUEST");
      }
      Parameters most = parameters.structure(ON_DEMAND);
      next =
          next.withMost(
              new Capacity.Units(
                  most(most, "MaxReadRequestUnits", next.most().read()),
                  most(most, "MaxWriteRequestUnits", next.most().write())));
    }
    return parameters.has(WARM) ? warmed(parameters.structure(WARM), next, of, made) : next;
  }

  private static long most(Parameters most, String member, long before) {
    Long units = most.whole(member);
    if (units == null) {
      return before;
    }
    if (units < 1 && units != UNBOUNDED) {
      throw DynamoRefusal.validation(
          INVALID + member + " must be at least 1, or -1 for no limit: " + units);
    }
    checkBounds(member, units);
    return units == UNBOUNDED ? 0 : units;
  }

  private static Capacity warmed(Parameters warm, Capacity capacity, String of, boolean made) {
    Capacity.Units now = capacity.warmth();
    String less =
        made
            ? "lower than initial throughput for "
                + (capacity.onDemand() ? "OnDemand" : "Provisioned")
            : "lower than current WarmThroughput, decreasing WarmThroughput is not supported";
    long read = warm(warm, "ReadUnitsPerSecond", now.read(), of + " is " + less);
    long write = warm(warm, "WriteUnitsPerSecond", now.write(), of + " is " + less);
    return capacity.withWarm(new Capacity.Units(read, write));
  }

  private static long warm(Parameters warm, String member, long now, String less) {
    Long units = warm.whole(member);
    if (units == null) {
      return now;
    }
    if (units < now) {
      throw DynamoRefusal.validation(
          INVALID + "Requested %s for WarmThroughput for %s".formatted(member, less));
    }
    checkBounds(member, units);
    return units;
  }

  private static void checkBounds(String name, long units) {
    if (units > MOST_UNITS) {
      throw DynamoRefusal.validation("Given value " + units + " for " + name + " is out of bounds");
    }
  }
}
