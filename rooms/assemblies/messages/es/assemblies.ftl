door-assemblies = Asambleas ciudadanas
subject-assembly = Asamblea ciudadana
subject-recommendation = Recomendación
assemblies-title = Asambleas ciudadanas
assemblies-lead = Residentes elegidos por sorteo, con una composición como la de la ciudad, responden a una pregunta de la ciudad. Cualquiera puede comprobar el sorteo.
assemblies-none = No hay ninguna asamblea ciudadana en este momento.
assembly-private = Aún sin publicar
assembly-coming = La inscripción se abre más tarde
assembly-open = La inscripción está abierta
assembly-closed = La inscripción ha terminado
assembly-drawn = Miembros sorteados
assembly-times = Inscripción: de { $from } a { $until }
assembly-private-note = Solo quienes organizan esta asamblea ven esta página.
assembly-remit-label = Qué se le pregunta
assembly-remit-hint = La pregunta y qué se hará con la respuesta. Markdown.
assembly-recommendations = Recomendaciones
assembly-due = { $body } responde a cada recomendación antes del { $day }.
assembly-due-none = { $body } responde a cada recomendación.
assembly-overdue = La respuesta está fuera de plazo.
assembly-town = La ciudad
assembly-how = Cómo funciona el sorteo
assembly-how-quotas = Todas las personas inscritas tienen una posibilidad. Las cuotas hacen que la asamblea se parezca a la ciudad; dentro de ellas se calcula el sorteo que hace lo mayor posible la posibilidad más pequeña.
assembly-how-seed = Antes de que nadie pudiera inscribirse, la ciudad generó al azar un número secreto y anotó su hash en el registro público. Tras la inscripción se fijan los grupos posibles y su hash va también al registro; solo entonces se abre el número, que decide qué grupo sale.
assembly-how-source = Se añade, para que ni la ciudad pueda conocer antes el resultado:
assembly-how-check = Cada sorteo tiene su página con la semilla, las posibilidades de todos y la orden que lo vuelve a calcular.
assembly-seed-hash = Hash del número de la ciudad (SHA-256)
assembly-quotas = Cuotas y miembros
assembly-seats-count = La asamblea tiene { $count ->
    [one] un miembro
   *[other] { $count } miembros
}.
assembly-taken = { $held } de { $seats } puestos asignados: { $accepted } aceptados, { $asked } por responder; { $free } libres.
assembly-feature = Característica
assembly-value = Valor
assembly-quota = Cuota
assembly-quota-range = de { $least } a { $most }
assembly-in-pool = Inscritos
assembly-members = Miembros
assembly-not-told = no se indica
assembly-not-told-why = Las cifras de inscritos se dan donde cada grupo tiene al menos cinco personas, y los miembros tal como eran en el último sorteo.
assembly-counts-csv = Estas cifras como tabla (CSV)
assembly-draws = Sorteos
assembly-draw-line = Sorteo { $number }: { $kind }
assembly-draw-first = todos los miembros
assembly-draw-again = todos los miembros, repetido
assembly-draw-vacancies = puestos que quedaron libres
assembly-state-committed = Semilla comprometida
assembly-state-working = En cálculo
assembly-state-prepared = Grupos fijados
assembly-state-failed = Sin sorteo
assembly-state-drawn = Sorteado
assembly-about = Sobre esta asamblea
assembly-pool = Quién puede salir
assembly-you-are-in = Usted puede salir en el sorteo.
assembly-your-ticket = Su número en el sorteo:
assembly-registered = { $count ->
    [one] Una persona puede salir en el sorteo.
   *[other] { $count } personas pueden salir en el sorteo.
}
assembly-sign-in = Iniciar sesión para inscribirse
assembly-register = Inscribirse en el sorteo
assembly-register-lead = Diga a qué grupos de las cuotas pertenece. Puede cambiarlo y retirarse hasta que se cierre la inscripción.
assembly-change-mine = Cambiar lo que dije
assembly-withdraw = Retirarme
assembly-invited-text = La ciudad introduce a quienes pueden salir; nadie se inscribe por su cuenta.
assembly-who-sees = No se dice a nadie quién se inscribió. Quienes organizan la asamblea ven cifras, y solo los nombres de quienes salieron.
assembly-edit = Gestionar esta asamblea
assembly-way = El camino de esta asamblea
assembly-belongs-to = Pertenece a
assembly-step-committed = Publicada; semilla comprometida
assembly-step-opens = Se abre la inscripción
assembly-step-closes = Se cierra la inscripción
assembly-step-drawn-first = Se sortean los miembros
assembly-step-drawn-again = Se repite el sorteo
assembly-step-drawn-vacancies = Se sortean puestos libres
assembly-step-seated = Todos los puestos aceptados
assembly-step-recommended = La asamblea recomienda
assembly-step-answered = Todas las recomendaciones respondidas
assembly-again-because = Se repitió el sorteo de todos los miembros porque:
assembly-freed = Puestos cubiertos: { $declined } de personas que renunciaron, { $silent } de personas que no respondieron a tiempo.
assembly-committed = Lo que se fijó de antemano
assembly-source = Valor público que se añade
assembly-pool-hash = Los inscritos sin nombres
assembly-quotas-hash = Las cuotas
assembly-panels-hash = Los grupos
assembly-outcome = El sorteo
assembly-seed = El número de la ciudad
assembly-public-value = El valor público
assembly-panel-drawn = Salió el grupo { $panel }, de { $panels } numerados desde 0, todos igual de probables.
assembly-fair = Cuán justo fue
assembly-chances = La menor posibilidad fue { $least } %, la mayor { $greatest } %; el coeficiente de Gini de todas es { $gini } (0: todas iguales).
assembly-proved = Se demostró que ningún sorteo con estas cuotas da a todos una posibilidad mayor que { $ideal } %.
assembly-not-proved = La búsqueda llegó a su límite: no se demostró si existe un sorteo más justo. El mejor hallado da a todos al menos { $ideal } %.
assembly-chart = Cuántas personas tenían qué posibilidad
assembly-chart-desc = Una barra por cada tramo de posibilidades, tan larga como personas lo tenían. Las mismas cifras están en la tabla.
assembly-chance = Posibilidad
assembly-people-count = Personas
assembly-chance-from = de { $from } % a menos de { $until } %
assembly-chance-sure = 100 %: en todos los grupos
assembly-quotas-met = Cuotas cumplidas
assembly-check = Compruébelo
assembly-check-panels = Cualquiera puede calcular el hash de panels.csv, compararlo y hallar el grupo con la semilla como dice el README del sorteo. Quien se inscribió encuentra allí su número y así su posibilidad.
assembly-check-pool = La lista sin nombres aún podría identificar a alguien por sus características; por eso solo la descargan auditores y quienes organizan. Con ella, esta orden lo recalcula todo:
assembly-file-panels = Todos los grupos, por número (panels.csv)
assembly-file-quotas = Cuotas (quotas.csv)
assembly-file-pool = Inscritos sin nombres (pool.csv)
assembly-answered = Respondida
assembly-unanswered = Aún sin respuesta
assembly-answers-body = Responde { $body }.
assembly-answer-of = { $body } responde
assembly-seat-title = Su puesto en la asamblea ciudadana
assembly-seat-asked = Usted ha salido en el sorteo. ¿Participa?
assembly-seat-accepted = Usted participa.
assembly-seat-declined = Ha devuelto su puesto.
assembly-seat-silent = El plazo para responder ha pasado; su puesto va a otra persona.
assembly-seat-dismissed = Se repitió el sorteo, así que este puesto ya no existe.
assembly-seat-until = Responda antes del { $until }. Después su puesto va a otra persona.
assembly-seat-yes = Sí, participo
assembly-seat-no = No, sorteen a otra persona
assembly-seat-back = Devolver mi puesto
assembly-seat-private = Quien tenga este enlace puede responder por usted. No lo comparta. Solo quienes organizan la asamblea sabrán qué responde.
assembly-mail-drawn-subject = { $title }: ha salido en el sorteo
assembly-mail-dismissed-subject = { $title }: se repitió el sorteo
saying-assembly-published = { $by } publicó la asamblea ciudadana { $subject } y se comprometió con su semilla.
saying-assembly-changed = { $by } cambió la asamblea ciudadana { $subject }: { $reason }
saying-assembly-pool-entered = { $by } introdujo { $rows } personas en el sorteo de { $subject }.
saying-assembly-pool-undone = { $by } retiró { $rows } personas del sorteo de { $subject }.
saying-assembly-draw-begun = { $by } inició el sorteo { $draw } de { $subject }.
saying-assembly-draw-prepared = Los grupos del sorteo { $draw } de { $subject } están fijados.
saying-assembly-drawn = { $by } sorteó { $seats } personas para { $subject } (sorteo { $draw }).
saying-assembly-recommended = { $by } publicó una recomendación de { $subject }.
saying-assembly-answered = { $by } respondió a una recomendación de { $subject }.
flash-assembly-registered = Ya puede salir en el sorteo.
flash-assembly-withdrawn = Ya no puede salir en el sorteo.
flash-assembly-accepted = Gracias; el puesto es suyo.
flash-assembly-declined = Su puesto va a otra persona.
refusal-assembly-needs-account = Para inscribirse necesita una cuenta. Inicie sesión.
refusal-assembly-not-open = La inscripción aún no está abierta.
refusal-assembly-closed = La inscripción ha terminado; la lista ya no cambia.
refusal-assembly-invited = La ciudad introduce a quienes pueden salir; nadie se inscribe por su cuenta.
refusal-assembly-answer = Elija una de las respuestas: { $category }.
refusal-assembly-seat-answer = Diga si participa: sí o no.
refusal-assembly-seat-late = Es tarde para responder; el puesto va a otra persona.
refusal-assembly-seat-settled = Este puesto ya no es suyo.
retention-assemblies-pools = Quién podía salir en el sorteo de una asamblea, tras cerrarse la inscripción
assembly-mail-drawn-body =
    Ha salido en el sorteo de { $title }.

    Diga antes del { $until } si participa. El enlace es solo suyo:
    { $link }

    Quien no responde es sustituido por otra persona inscrita. De qué se trata:
    { $page }
assembly-mail-dismissed-body =
    Se repitió el sorteo de todos los miembros de { $title }, así que su puesto termina.

    Por qué: { $reason }

    Ambos sorteos son públicos:
    { $page }
