package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;

/// What a request says of a table's throughput.
final class CapacityParameters {
  private static final long MOST_UNITS = 1_000_000_000_000L;
  private static final String INVALID = "One or more parameter values were invalid: ";

  private CapacityParameters() {}

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
    return provisioned || parameters.has("ProvisionedThroughput")
        ? read(parameters, provisioned)
        : Capacity.ON_DEMAND;
  }

  private static void checkBounds(String name, long units) {
    if (units > MOST_UNITS) {
      throw DynamoRefusal.validation("Given value " + units + " for " + name + " is out of bounds");
    }
  }
}
