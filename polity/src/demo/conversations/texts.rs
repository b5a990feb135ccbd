//! The texts of the demo's conversation, in English, Spanish and Arabic. They are our own; nobody said them.

/// A statement, and how the simulated people lean to it: pulls of the logit of agreeing.
pub(super) struct Statement {
    /// In English.
    pub en: &'static str,
    /// In Spanish.
    pub es: &'static str,
    /// In Arabic.
    pub ar: &'static str,
    /// How liked it is by all.
    pub liked: f64,
    /// How much more by one camp than by the other.
    pub leaning: f64,
    /// How much by those who are for change of any kind.
    pub mood: f64,
    /// How many pass.
    pub unsure: f64,
}

/// What is asked.
pub(super) const QUESTION: [&str; 3] = [
    "How should we move about town in ten years?",
    "¿Cómo deberíamos movernos por la ciudad dentro de diez años?",
    "كيف ينبغي أن نتنقل في المدينة بعد عشر سنوات؟",
];

/// Why.
pub(super) const INTRODUCTION: [&str; 3] = [
    "The council writes a plan for streets, buses and paths, and wants to know first what people share and where they differ. \
     This is a demo: the texts are made up, and the 3,000 people who answered are simulated, among them a small campaign of 36.",
    "El consejo escribe un plan de calles, autobuses y caminos, y antes quiere saber qué comparte la gente y en qué difiere. \
     Esto es una demostración: los textos son inventados y las 3.000 personas que respondieron son simuladas, entre ellas una pequeña campaña de 36.",
    "يضع المجلس خطة للشوارع والحافلات والدروب، ويريد أن يعرف أولًا ما يتفق عليه الناس وأين يختلفون. \
     هذا عرض تجريبي: النصوص مؤلفة، والمجيبون وعددهم 3000 محاكاة، ومنهم حملة صغيرة من 36.",
];

/// What is known.
pub(super) const FACTS: [&str; 3] = [
    "The reports that residents send about streets, lamps and signs are public, by district and with how long they wait. They show where a walk is darker and a road rougher than elsewhere.",
    "Los avisos que la gente envía sobre calles, farolas y señales son públicos, por distrito y con lo que esperan. Muestran dónde un paseo es más oscuro y una calle está peor que en otros lugares.",
    "البلاغات التي يرسلها السكان عن الشوارع والمصابيح واللافتات علنية، بحسب الحي ومع مدة انتظارها. وهي تبيّن أين يكون المشي أظلم والطريق أسوأ من غيره.",
];

const fn say(en: &'static str, es: &'static str, ar: &'static str, pulls: [f64; 4]) -> Statement {
    Statement { en, es, ar, liked: pulls[0], leaning: pulls[1], mood: pulls[2], unsure: pulls[3] }
}

/// What people agree or disagree with.
pub(super) const STATEMENTS: &[Statement] = &[
    say(
        "Children should be able to walk to school safely on their own.",
        "Los niños deberían poder ir solos y seguros a la escuela.",
        "ينبغي أن يتمكن الأطفال من المشي إلى المدرسة وحدهم بأمان.",
        [2.6, 0.0, 0.1, 0.03],
    ),
    say(
        "Broken pavements should be mended before new roads are built.",
        "Antes de construir calles nuevas habría que arreglar las aceras rotas.",
        "ينبغي إصلاح الأرصفة المكسورة قبل بناء طرق جديدة.",
        [2.0, 0.1, 0.0, 0.05],
    ),
    say(
        "Every bus stop should have shade and a seat.",
        "Cada parada de autobús debería tener sombra y un asiento.",
        "ينبغي أن يكون في كل موقف حافلات ظل ومقعد.",
        [2.2, 0.1, 0.2, 0.04],
    ),
    say(
        "A lane for cars should become a lane for buses on the main avenues.",
        "En las avenidas principales, un carril de coches debería ser de autobuses.",
        "ينبغي أن يصبح أحد مسارات السيارات في الشوارع الرئيسية للحافلات.",
        [0.1, 1.5, 0.2, 0.09],
    ),
    say(
        "Parking on the street should cost more in the centre.",
        "Aparcar en la calle debería costar más en el centro.",
        "ينبغي أن يكون الوقوف في شوارع الوسط أغلى.",
        [-0.5, 1.4, 0.0, 0.08],
    ),
    say(
        "Whoever needs a car for work should not pay for those who do not.",
        "Quien necesita el coche para trabajar no debería pagar por quienes no.",
        "من يحتاج إلى سيارة لعمله لا ينبغي أن يدفع عمن لا يحتاج.",
        [0.3, -1.3, 0.1, 0.12],
    ),
    say(
        "Night buses should run every half hour until two.",
        "Los autobuses nocturnos deberían pasar cada media hora hasta las dos.",
        "ينبغي أن تسير حافلات ليلية كل نصف ساعة حتى الثانية.",
        [0.9, 0.6, 0.4, 0.10],
    ),
    say(
        "Bicycle lanes should be kept apart from cars by a kerb.",
        "Los carriles bici deberían estar separados de los coches por un bordillo.",
        "ينبغي فصل مسارات الدراجات عن السيارات بحافة.",
        [0.8, 1.1, 0.1, 0.08],
    ),
    say(
        "Bicycle lanes have taken too much room from everybody else.",
        "Los carriles bici han quitado demasiado espacio a los demás.",
        "أخذت مسارات الدراجات مكانًا كثيرًا من الآخرين.",
        [-0.4, -1.5, 0.0, 0.08],
    ),
    say(
        "In streets where people live, thirty kilometres an hour is enough.",
        "En las calles donde vive gente bastan treinta kilómetros por hora.",
        "في الشوارع السكنية تكفي ثلاثون كيلومترًا في الساعة.",
        [0.6, 1.0, 0.0, 0.07],
    ),
    say(
        "Repairs of streets should be announced a week before, with another way around.",
        "Las obras deberían anunciarse una semana antes, con otro camino.",
        "ينبغي الإعلان عن أعمال الشوارع قبل أسبوع مع طريق بديل.",
        [2.4, -0.1, 0.1, 0.04],
    ),
    say(
        "Riding the bus should be free for everybody under eighteen.",
        "El autobús debería ser gratis para menores de dieciocho años.",
        "ينبغي أن تكون الحافلة مجانية لمن دون الثامنة عشرة.",
        [0.9, 0.7, 0.3, 0.07],
    ),
    say(
        "Riding the bus should be free for everybody.",
        "El autobús debería ser gratis para todos.",
        "ينبغي أن تكون الحافلة مجانية للجميع.",
        [-0.2, 0.9, 0.5, 0.09],
    ),
    say(
        "Delivery vans should have places of their own, so that they need not stop in the lane.",
        "Las furgonetas de reparto deberían tener sitios propios para no parar en el carril.",
        "ينبغي أن تكون لشاحنات التوصيل أماكن خاصة كي لا تقف في المسار.",
        [1.6, 0.0, 0.1, 0.08],
    ),
    say(
        "The town should build more parking houses at its edge, with a bus to the centre.",
        "La ciudad debería construir más aparcamientos en las afueras, con autobús al centro.",
        "ينبغي أن تبني المدينة مواقف عند أطرافها مع حافلة إلى الوسط.",
        [0.9, -0.3, 0.3, 0.11],
    ),
    say(
        "One Sunday a month the main street should be closed to cars.",
        "Un domingo al mes la calle principal debería cerrarse a los coches.",
        "ينبغي إغلاق الشارع الرئيسي أمام السيارات يوم أحد في الشهر.",
        [0.3, 1.2, 0.5, 0.07],
    ),
    say(
        "Wide roads bring business, and narrow ones drive it away.",
        "Las calles anchas traen negocio y las estrechas lo alejan.",
        "الشوارع الواسعة تجلب الأعمال والضيقة تبعدها.",
        [-0.1, -1.2, 0.0, 0.16],
    ),
    say(
        "More trees along the pavements matter more than more parking.",
        "Más árboles en las aceras importan más que más aparcamiento.",
        "أشجار أكثر على الأرصفة أهم من مواقف أكثر.",
        [0.8, 1.0, 0.1, 0.07],
    ),
    say(
        "Street lamps should be brighter where people wait and cross.",
        "Las farolas deberían alumbrar más donde la gente espera y cruza.",
        "ينبغي أن تكون المصابيح أشد ضوءًا حيث ينتظر الناس ويعبرون.",
        [2.1, 0.1, 0.0, 0.05],
    ),
    say(
        "Traffic lights should give people on foot more time.",
        "Los semáforos deberían dar más tiempo a quien va a pie.",
        "ينبغي أن تعطي الإشارات وقتًا أطول للمشاة.",
        [1.1, 0.7, 0.0, 0.06],
    ),
    say(
        "Small electric scooters should be allowed only where bicycles are.",
        "Los patinetes eléctricos deberían ir solo por donde van las bicicletas.",
        "ينبغي ألا يُسمح بالدراجات الكهربائية الصغيرة إلا حيث تسير الدراجات.",
        [0.8, -0.1, -0.3, 0.14],
    ),
    say(
        "Shared scooters should be forbidden.",
        "Los patinetes compartidos deberían prohibirse.",
        "ينبغي منع دراجات الإيجار الصغيرة.",
        [-0.3, -0.4, -0.7, 0.12],
    ),
    say(
        "Old people need seats along the way more than faster buses.",
        "Los mayores necesitan asientos en el camino más que autobuses rápidos.",
        "يحتاج كبار السن إلى مقاعد على الطريق أكثر من حافلات أسرع.",
        [0.7, 0.0, -0.2, 0.18],
    ),
    say(
        "Every station should be usable in a wheelchair before anything else is built.",
        "Cada estación debería poder usarse en silla de ruedas antes de construir otra cosa.",
        "ينبغي أن تصلح كل محطة لمستخدمي الكراسي المتحركة قبل بناء أي شيء آخر.",
        [1.8, 0.2, 0.1, 0.07],
    ),
    say(
        "The town should charge big cars more than small ones.",
        "La ciudad debería cobrar más a los coches grandes que a los pequeños.",
        "ينبغي أن تأخذ المدينة من السيارات الكبيرة أكثر من الصغيرة.",
        [0.0, 1.2, 0.1, 0.09],
    ),
    say(
        "Whoever lives outside and works here should have a say in this plan.",
        "Quien vive fuera y trabaja aquí debería opinar sobre este plan.",
        "من يسكن خارج المدينة ويعمل فيها ينبغي أن يكون له رأي في هذه الخطة.",
        [0.4, -0.5, 0.2, 0.19],
    ),
    say(
        "New flats should be built only where a bus comes every ten minutes.",
        "Las viviendas nuevas deberían construirse solo donde pase un autobús cada diez minutos.",
        "ينبغي ألا تُبنى مساكن جديدة إلا حيث تمر حافلة كل عشر دقائق.",
        [0.0, 0.8, 0.1, 0.21],
    ),
    say(
        "Taxis and shared cars should be allowed in bus lanes.",
        "Los taxis y los coches compartidos deberían poder usar el carril bus.",
        "ينبغي السماح لسيارات الأجرة والمشتركة بمسارات الحافلات.",
        [-0.2, -0.8, 0.2, 0.15],
    ),
    say(
        "What is decided should be tried for a year and then measured.",
        "Lo que se decida debería probarse un año y después medirse.",
        "ما يُقرر ينبغي أن يُجرَّب سنة ثم يُقاس.",
        [1.7, 0.1, 0.2, 0.08],
    ),
    say(
        "The money should go first to the districts that waited longest for repairs.",
        "El dinero debería ir primero a los distritos que más han esperado arreglos.",
        "ينبغي أن يذهب المال أولًا إلى الأحياء التي انتظرت الإصلاح أطول.",
        [1.6, 0.3, 0.0, 0.10],
    ),
    say(
        "Signs and announcements should be in the languages people here speak.",
        "Las señales y los avisos deberían estar en las lenguas que se hablan aquí.",
        "ينبغي أن تكون اللافتات والإعلانات باللغات التي يتكلمها الناس هنا.",
        [1.0, 0.6, 0.2, 0.08],
    ),
    say(
        "Cameras should fine whoever parks on a pavement.",
        "Las cámaras deberían multar a quien aparca en la acera.",
        "ينبغي أن تغرّم الكاميرات من يقف على الرصيف.",
        [0.4, 0.9, -0.2, 0.10],
    ),
    say(
        "There are too many rules in traffic already.",
        "Ya hay demasiadas reglas en el tráfico.",
        "قواعد المرور كثيرة أصلًا.",
        [-0.2, -1.1, 0.3, 0.12],
    ),
    say(
        "Charging points for electric cars are a task of the town.",
        "Los puntos de carga para coches eléctricos son tarea de la ciudad.",
        "محطات شحن السيارات الكهربائية من مهام المدينة.",
        [0.1, -0.2, 0.6, 0.17],
    ),
    say(
        "I use a car on most days.",
        "Uso el coche la mayoría de los días.",
        "أستعمل السيارة في معظم الأيام.",
        [0.2, -1.6, 0.0, 0.04],
    ),
    say(
        "I would take the bus more often if it came on time.",
        "Tomaría más el autobús si llegara a su hora.",
        "كنت سأركب الحافلة أكثر لو جاءت في موعدها.",
        [1.3, 0.3, 0.2, 0.09],
    ),
];
