// Keeps what each customer's orders come to, and answers with it.
//
// A batch may come twice, so a total remembers which record it has counted last: records come in
// their order, and their sequence numbers can be compared as text.

const amount = (image) => Number(image?.amount?.N ?? 0);

async function count({ dynamodb }, totals) {
  const { OldImage, NewImage, SequenceNumber } = dynamodb;
  const customer = (NewImage ?? OldImage)?.customer?.S;
  if (!customer) {
    throw new Error("an order without a customer");
  }
  const total = (await totals.get(customer)) ?? { customer, amount: 0, counted: "" };
  if (SequenceNumber > total.counted) {
    total.amount += amount(NewImage) - amount(OldImage);
    total.counted = SequenceNumber;
    await totals.put(total);
  }
}

export default {
  async stream(batch, env) {
    for (const record of batch.Records) {
      try {
        await count(record, env.TOTALS);
      } catch (error) {
        console.error(error);
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
      }
    }
  },

  async fetch(request, env) {
    return Response.json((await env.TOTALS.scan()).items);
  },
};
