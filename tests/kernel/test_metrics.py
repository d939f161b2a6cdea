"""What is measured can name nobody: each label is of a kind whose values are known."""

from prometheus_client.metrics import MetricWrapperBase

from shared.kernel import metrics

MEASURED = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]


def labels_of(metric: MetricWrapperBase) -> set[str]:
    return set(metric._labelnames)  # pyright: ignore[reportPrivateUsage]


def test_each_label_says_what_its_values_can_be() -> None:
    assert len(MEASURED) > 10
    assert set.union(*map(labels_of, MEASURED)) == set(metrics.LABELS)


def test_each_name_says_whose_it_is_and_each_is_explained() -> None:
    for metric in MEASURED:
        [family] = metric.collect()
        assert family.name.startswith("pairs_")
        assert family.documentation.endswith(".")
